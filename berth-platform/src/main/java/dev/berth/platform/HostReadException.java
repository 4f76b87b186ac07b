package dev.berth.platform;

/** Nothing could be read where an answer depends on it. What is merely incomplete is a {@link Gap} instead. */
public final class HostReadException extends Exception {
    private final Kind kind;
    private final String why;
    private final String next;

    /** What kind of failure this is, and so which exit code it becomes. */
    public enum Kind {
        /** The question itself cannot be answered: no such namespace, not a capture. */
        BAD_INPUT,
        NOT_PERMITTED,
        NOT_ON_THIS_SYSTEM
    }

    /**
     * @param what what happened, starting in lower case, without a full stop
     * @param why the reason, in the same form
     * @param next what the reader can do about it: a command, or an instruction
     */
    public HostReadException(Kind kind, String what, String why, String next) {
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
