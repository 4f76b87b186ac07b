package dev.berth.net;

/** What makes a TCP connection unique: both endpoints (RFC 9293 section 3.3.1). */
public record FourTuple(Endpoint local, Endpoint remote) {
    /** Whether the connection goes from an endpoint to itself: a client that drew the very port it was calling. */
    public boolean isSelfConnect() {
        return local.equals(remote) && local.port() != 0;
    }
}
