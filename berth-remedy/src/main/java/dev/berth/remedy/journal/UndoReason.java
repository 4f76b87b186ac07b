package dev.berth.remedy.journal;

/** Why a change is taken back. */
public enum UndoReason {
    /** A step of it failed. */
    FAILURE("failure"),
    /** Berth was killed, or the power was cut, while it was being made. */
    INTERRUPTED("interrupted"),
    NOT_CONFIRMED("notConfirmed"),
    /** Somebody asked for it. */
    ASKED("asked");

    private final String label;

    UndoReason(String label) {
        this.label = label;
    }

    /** The word for it in documents. */
    public String label() {
        return label;
    }
}
