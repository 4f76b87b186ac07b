package dev.berth.net.rule;

/** How a wanted address and the address of a socket that is there come to compete. */
public enum Overlap {
    SAME_ADDRESS("both are for the same address"),
    WANTED_WILDCARD("the wanted bind is for every address, so for that one too"),
    HELD_WILDCARD("the socket that is there is for every address, so for the wanted one too"),
    /**
     * Linux keeps 127.0.0.6 as the IPv4 address of IPv6 connections (LOOPBACK4_IPV6), so that one whose socket is not
     * v6-only meets a bind of an IPv4 socket to 0.0.0.0, and for UDP to 127.0.0.6 itself.
     */
    IPV6_CONNECTION("an IPv6 connection whose socket is not v6-only counts as an IPv4 one too");

    private final String sentence;

    Overlap(String sentence) {
        this.sentence = sentence;
    }

    /** Half a sentence for a person: it goes after "because". */
    public String sentence() {
        return sentence;
    }
}
