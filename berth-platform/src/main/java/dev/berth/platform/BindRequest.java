package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;

/**
 * A bind to try: one socket, one port, never listening, closed at once.
 *
 * @param address {@code ::} is the dual-stack wildcard: every address of both families
 * @param port 1 to 65535
 * @param option what is set on the socket first
 */
public record BindRequest(Protocol protocol, IpAddress address, int port, Option option) {
    /** What a server sets on its socket before the bind. */
    public enum Option {
        NONE("no option"),
        REUSE_ADDRESS("SO_REUSEADDR"),
        /** Which only Windows has. */
        EXCLUSIVE("SO_EXCLUSIVEADDRUSE");

        private final String label;

        Option(String label) {
            this.label = label;
        }

        /** As the headers of the system call it. */
        public String label() {
            return label;
        }
    }

    /** @param reuseAddress whether SO_REUSEADDR is set first */
    public BindRequest(Protocol protocol, IpAddress address, int port, boolean reuseAddress) {
        this(protocol, address, port, reuseAddress ? Option.REUSE_ADDRESS : Option.NONE);
    }

    public boolean reuseAddress() {
        return option == Option.REUSE_ADDRESS;
    }

    public boolean exclusive() {
        return option == Option.EXCLUSIVE;
    }
}
