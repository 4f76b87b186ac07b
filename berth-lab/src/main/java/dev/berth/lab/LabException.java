package dev.berth.lab;

/** A scenario could not be staged, or not to its end. */
public final class LabException extends Exception {
    private final Kind kind;
    private final String why;
    private final String next;

    public enum Kind {
        /** Something that it needs is not here, or not allowed. */
        NOT_POSSIBLE,
        /** It began, and something in it did not go as it had to. */
        FAILED
    }

    /**
     * @param next what the reader can do about it
     */
    public LabException(Kind kind, String what, String why, String next) {
        super(what);
        this.kind = kind;
        this.why = why;
        this.next = next;
    }

    /** A program or a setting of a scenario did not do what the rest of it stands on. */
    public static LabException failed(String what, String why) {
        return new LabException(
                Kind.FAILED, what, why, "run it again; if it fails again, please report it with this output");
    }

    /** A line that works wherever {@code lacking} is there failed; {@code said} is what it said. */
    public static LabException lacking(String lacking, String line, String said) {
        return new LabException(
                Kind.NOT_POSSIBLE,
                "cannot stage the rest",
                "'" + line + "' failed: " + said,
                "it probably lacks " + lacking + ": use a machine that has it and allows it in private namespaces");
    }

    public Kind kind() {
        return kind;
    }

    public String why() {
        return why;
    }

    public String next() {
        return next;
    }
}
