package dev.berth.net.rule;

/** The rules themselves, one sentence each, with where they are written. */
public enum Clause {
    LINUX_LISTENER(
            "Beside a listener an overlapping bind succeeds only where both sockets set SO_REUSEPORT and belong to the "
                    + "same user; SO_REUSEADDR does not help.",
            "Linux net/ipv4/inet_connection_sock.c, inet_bind_conflict; socket(7), SO_REUSEADDR and SO_REUSEPORT"),
    LINUX_SHARING(
            "Beside a socket that does not listen an overlapping bind succeeds only where both sockets set SO_REUSEADDR, "
                    + "or both set SO_REUSEPORT and belong to the same user.",
            "Linux net/ipv4/inet_connection_sock.c, inet_bind_conflict; socket(7), SO_REUSEADDR and SO_REUSEPORT"),
    LINUX_TIME_WAIT(
            "A connection in TIME_WAIT keeps the options of the socket that it was, so an overlapping bind succeeds only "
                    + "where that socket had set SO_REUSEADDR or SO_REUSEPORT and the new one sets the same.",
            "Linux net/ipv4/inet_connection_sock.c, inet_bind_conflict; net/ipv4/inet_timewait_sock.c, inet_twsk_alloc"),
    LINUX_OTHER_USER(
            "Both sockets set SO_REUSEPORT, which is for sockets of one user, and they belong to two.",
            "Linux net/ipv4/inet_connection_sock.c, inet_bind_conflict; socket(7), SO_REUSEPORT"),
    LINUX_DATAGRAM(
            "A UDP port is shared only where both sockets set SO_REUSEADDR, or both set SO_REUSEPORT and belong to the "
                    + "same user.",
            "Linux net/ipv4/udp.c, udp_lib_lport_inuse; socket(7), SO_REUSEPORT"),
    LINUX_FOUR_TUPLE(
            "A connection with the same two ends exists already, and no other may have them.",
            "RFC 9293 section 3.3.1; Linux net/ipv4/inet_hashtables.c, __inet_check_established"),
    LINUX_TIME_WAIT_TUPLE(
            "The connection that had the same two ends is in TIME_WAIT, and without TCP timestamps nobody may take it over.",
            "Linux net/ipv4/tcp_ipv4.c, tcp_twsk_unique"),
    LINUX_SPACE_USED_UP(
            "Every port of the dynamic range is reserved, owned by a socket, or has a connection to that very destination.",
            "Linux net/ipv4/inet_hashtables.c, __inet_hash_connect; RFC 6056 section 3.3.4"),
    LINUX_NO_PORT_TO_BIND(
            "Every port of the dynamic range is reserved or held by a socket for an overlapping address, and a bind to "
                    + "port 0 shares none of them.",
            "Linux net/ipv4/inet_connection_sock.c, inet_csk_find_open_port"),
    LINUX_ODD_RANGE(
            "In a dynamic range of an odd number of ports each search passes over the first or the last of them, and no "
                    + "other is left.",
            "Linux net/ipv4/inet_hashtables.c, __inet_hash_connect, and net/ipv4/inet_connection_sock.c, "
                    + "inet_csk_find_open_port: \"remaining &= ~1U\""),
    WINDOWS_TAKEN("A socket has that address, and the new one did not ask to share it.", Windows.REUSE_PAGE),
    WINDOWS_REUSE_REFUSED("SO_REUSEADDR takes no address from a socket that did not set it too.", Windows.REUSE_PAGE),
    WINDOWS_EXCLUSIVE_HOLDER(
            "The socket that is there has the port for itself (SO_EXCLUSIVEADDRUSE).", Windows.REUSE_PAGE),
    WINDOWS_EXCLUSIVE_WANTED(
            "SO_EXCLUSIVEADDRUSE is refused while another socket has any of the addresses.", Windows.REUSE_PAGE),
    WINDOWS_OTHER_USER(
            "Beside another user's socket for every address, none is given a single one.", Windows.REUSE_PAGE),
    WINDOWS_DUAL_STACK(
            "A dual-stack bind has to pass on IPv4 and on IPv6, and it did not pass on IPv4.", Windows.REUSE_PAGE),
    WINDOWS_EXCLUSIVE_CONNECTION(
            "The port of an exclusive listener is not given to another exclusive socket until the connections that it "
                    + "accepted have ended.",
            Windows.REUSE_PAGE),
    /** No page says what a connection does to a bind, but for exclusive ones. */
    WINDOWS_CONNECTION(
            "A connection is taken to hold its address like any other socket that is bound to it.",
            Windows.REUSE_PAGE + ", which speaks of bound sockets only",
            true),
    WINDOWS_EXCLUDED_RANGE(
            "The port lies in a range that the system keeps from programs, administrators included.",
            "Windows: netsh int ipv4 show excludedportrange; learn.microsoft.com, KB 812873");

    private final String sentence;
    private final String source;
    private final boolean inferred;

    Clause(String sentence, String source) {
        this(sentence, source, false);
    }

    Clause(String sentence, String source, boolean inferred) {
        this.sentence = sentence;
        this.source = source;
        this.inferred = inferred;
    }

    /** The rule, for a person. */
    public String sentence() {
        return sentence;
    }

    /** Where it is written: a standard, the function of a kernel, a page of documentation. */
    public String source() {
        return source;
    }

    /** Whether no source says it for this case, so that an answer by this clause is a guess. */
    public boolean inferred() {
        return inferred;
    }

    private static final class Windows {
        static final String REUSE_PAGE = "learn.microsoft.com, Winsock: Using SO_REUSEADDR and SO_EXCLUSIVEADDRUSE";
    }
}
