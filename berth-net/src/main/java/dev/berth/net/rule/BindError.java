package dev.berth.net.rule;

/** What a refused bind or connect fails with. */
public enum BindError {
    /** errno 98 on Linux, WSAEADDRINUSE 10048 on Windows. */
    ADDRESS_IN_USE,
    /** WSAEACCES 10013 on Windows. */
    ACCESS_DENIED,
    /** errno 99 on Linux: of a connect, there is no four-tuple left; of a bind, the address is not on this host. */
    ADDRESS_NOT_AVAILABLE
}
