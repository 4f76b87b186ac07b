package dev.berth.remedy.plan;

/** What was asked for would do harm, or cannot be done. */
public final class PlanRefusedException extends Exception {
    private final Kind kind;
    private final String why;
    private final String next;

    /** Whose limit it is. */
    public enum Kind {
        /** What was asked for is at fault, or a guard rail is in the way. */
        BAD_REQUEST,
        NOT_PERMITTED,
        NOT_POSSIBLE
    }

    public PlanRefusedException(Kind kind, String what, String why, String next) {
        super(what);
        this.kind = kind;
        this.why = why;
        this.next = next;
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
