package dev.berth.diagnosis.connect;

/** Whether a client of this host can connect to one destination, as far as its local ports go. */
public enum ConnectVerdict {
    CONNECTABLE("connectable"),
    /** It can, and every connect scans half the range before it finds a port. */
    PAST_CLIFF("past-cliff"),
    EXHAUSTED("tuple-space-exhausted"),
    UNKNOWN("unknown");

    private final String label;

    ConnectVerdict(String label) {
        this.label = label;
    }

    /** The word for it in JSON. */
    public String label() {
        return label;
    }
}
