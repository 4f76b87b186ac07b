package dev.berth.remedy.free;

/** The ways to end a hold on a port, gentlest first. */
public enum Way {
    /** Let a closed connection run out. */
    WAIT("wait"),
    /** End one connection; its process lives on. */
    DESTROY("destroy"),
    /** Have the service manager stop the service. */
    STOP("stop"),
    /** Ask a process to end. */
    SIGNAL("signal");

    private final String label;

    Way(String label) {
        this.label = label;
    }

    /** The word for it in commands and JSON. */
    public String label() {
        return label;
    }
}
