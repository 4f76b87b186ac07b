package dev.berth.diagnosis.explain;

/** The call that failed. */
public enum Operation {
    BIND("bind"),
    LISTEN("listen"),
    CONNECT("connect"),
    /** The lines do not tell. */
    UNKNOWN("unknown");

    private final String label;

    Operation(String label) {
        this.label = label;
    }

    /** The word for it in JSON and in pattern files. */
    public String label() {
        return label;
    }

    /** Whether the local port was chosen by the program: then it is the one to ask about. */
    public boolean wantsPort() {
        return this == BIND || this == LISTEN;
    }
}
