package dev.berth.packages;

/** A package cannot be made. */
public final class PackagingException extends Exception {
    private static final long serialVersionUID = 1;

    private final String why;
    private final String next;

    public PackagingException(String what, String why, String next) {
        super(what);
        this.why = why;
        this.next = next;
    }

    /** Three lines for people. */
    String told() {
        return "package: " + getMessage() + "\n  why:  " + why.indent(8).strip() + "\n  next: " + next;
    }
}
