package dev.berth.platform;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that wanted a port and did not get it.
 *
 * @param source the address a connect came from; null where the system does not tell
 * @param destination where a connect went; null for the other calls
 * @param pid of the process; of the thread that called, where that had ended before it was looked at
 * @param process its short name; null where the thread had ended and nobody remembers
 * @param netns where it happened; null where the thread had ended before it was looked at
 */
public record PortFailure(
        Instant when,
        Call call,
        @Nullable IpAddress source,
        @Nullable Endpoint destination,
        int pid,
        @Nullable String process,
        SystemError error,
        @Nullable NetworkNamespace netns) {
    /** The same, in a namespace by a fuller name. */
    public PortFailure in(NetworkNamespace named) {
        return new PortFailure(when, call, source, destination, pid, process, error, named);
    }

    /** What failed. */
    public enum Call {
        CONNECT("connect"),
        BIND("bind"),
        LISTEN("listen");

        private final String label;

        Call(String label) {
            this.label = label;
        }

        /** As its manual page is called. */
        public String label() {
            return label;
        }
    }
}
