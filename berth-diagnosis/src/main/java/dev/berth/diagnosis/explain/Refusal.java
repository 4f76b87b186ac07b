package dev.berth.diagnosis.explain;

/** How a system refuses a port, whatever it calls and numbers it. */
public enum Refusal {
    ADDRESS_IN_USE("EADDRINUSE"),
    ADDRESS_NOT_AVAILABLE("EADDRNOTAVAIL"),
    ACCESS_DENIED("EACCES"),
    NO_BUFFER_SPACE("ENOBUFS");

    private final String posixName;

    Refusal(String posixName) {
        this.posixName = posixName;
    }

    /** As {@code <errno.h>} spells it. */
    public String posixName() {
        return posixName;
    }
}
