package dev.berth.packages;

/** The system that packages are made on. */
final class Here {
    private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

    private Here() {}

    static boolean isWindows() {
        return WINDOWS;
    }

    /** How a program is called in its folder. */
    static String program(String name) {
        return WINDOWS ? name + ".exe" : name;
    }
}
