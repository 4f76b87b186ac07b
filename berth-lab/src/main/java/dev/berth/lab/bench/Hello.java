package dev.berth.lab.bench;

/** The least a JVM can do: what start-up is measured by. */
final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("hello");
    }
}
