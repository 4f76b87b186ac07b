package dev.berth.diagnosis.explain;

/** The kind of system that printed a line, as far as the line gives it away. */
public enum LoggedSystem {
    LINUX("linux"),
    WINDOWS("windows"),
    /** macOS and the BSDs, which number errors alike. */
    BSD("bsd");

    private final String label;

    LoggedSystem(String label) {
        this.label = label;
    }

    /** The word for it in JSON; that of {@link dev.berth.platform.HostFacts#system()} where Berth knows the system. */
    public String label() {
        return label;
    }
}
