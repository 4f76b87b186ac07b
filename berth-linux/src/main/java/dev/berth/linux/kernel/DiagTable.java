package dev.berth.linux.kernel;

/** A table that sock_diag dumps in one walk. */
public enum DiagTable {
    /** Both address families at once: the legacy request (type 18) walks the hash once where the newer one walks twice. */
    TCP,
    UDP_V4,
    UDP_V6
}
