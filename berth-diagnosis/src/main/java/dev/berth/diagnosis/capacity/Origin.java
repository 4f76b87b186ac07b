package dev.berth.diagnosis.capacity;

/** Where a number came from. */
public enum Origin {
    ASKED("asked"),
    /** Of a system as it comes, which was asked for by its name. */
    PROFILE("profile"),
    HOST("host"),
    INFERRED("inferred"),
    ASSUMED("assumed");

    private final String label;

    Origin(String label) {
        this.label = label;
    }

    /** The word for it in JSON. */
    public String label() {
        return label;
    }
}
