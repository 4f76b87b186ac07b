package dev.berth.net.rule;

/**
 * Something that is not known and decides.
 *
 * @param holding the index of the socket it is about, in {@link PortState#holdings}
 */
public record Unknown(int holding, What what) {
    /** What of a socket is not known. */
    public enum What {
        REUSE_ADDRESS("whether SO_REUSEADDR is set"),
        REUSE_PORT("whether SO_REUSEPORT is set"),
        EXCLUSIVE("whether SO_EXCLUSIVEADDRUSE is set"),
        V6_ONLY("whether it leaves IPv4 alone (IPV6_V6ONLY)"),
        USER("whether it belongs to the same user"),
        /**
         * Several sockets share the port by different rights, and Linux then asks the one that came last: see
         * {@link LinuxBindRule}.
         */
        ORDER("which socket of the port was bound last"),
        TIMESTAMPS("whether the old connection used TCP timestamps"),
        /** In the state FIN_WAIT2 without a process: a time-wait entry can be taken over, a socket cannot. */
        ORPHAN("whether a whole socket is left or only an entry that waits");

        private final String phrase;

        What(String phrase) {
            this.phrase = phrase;
        }

        /** A phrase for a person, about the socket: "whether SO_REUSEADDR is set". */
        public String phrase() {
            return phrase;
        }
    }
}
