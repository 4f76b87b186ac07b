package dev.berth.remedy.journal;

import java.io.IOException;

/** The journal cannot be used, so nothing may be changed. */
public final class JournalException extends IOException {
    private final Kind kind;
    private final String why;
    private final String next;

    /** What is wrong with it. */
    public enum Kind {
        /** Another Berth is changing this host. */
        BUSY,
        /** A line in it is none that Berth wrote. */
        DAMAGED,
        /** A newer Berth wrote it. */
        NEWER,
        /** It is another user's. */
        NOT_PERMITTED,
        /** It cannot be read or written here. */
        INACCESSIBLE
    }

    public JournalException(Kind kind, String what, String why, String next) {
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
