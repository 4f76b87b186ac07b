package dev.berth.diagnosis;

/** Ways out that change the server, and nothing of its host. */
public final class ServerChange {
    public static final Fix GRANT_BIND_CAPABILITY = new Fix(
            "grant-bind-capability",
            "let the server bind it: AmbientCapabilities=CAP_NET_BIND_SERVICE in its unit, or start it as root",
            null,
            Fix.Risk.LOW,
            true);

    private ServerChange() {}

    /** For an address that is not one of the host's. */
    public static Fix chooseLocalAddress(boolean linux) {
        return new Fix(
                "choose-local-address",
                "bind an address that this host has; this lists them",
                linux ? "ip address show" : "ipconfig",
                Fix.Risk.NONE,
                false);
    }
}
