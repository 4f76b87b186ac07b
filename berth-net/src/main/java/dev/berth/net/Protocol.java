package dev.berth.net;

/** A transport protocol with ports of its own: TCP's 1433 and UDP's 1433 never stand in each other's way. */
public enum Protocol {
    TCP,
    UDP;

    /** The name as people and {@code --protocol} write it: {@code tcp} or {@code udp}. */
    public String label() {
        return this == TCP ? "tcp" : "udp";
    }
}
