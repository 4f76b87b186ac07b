package dev.berth.remedy.log;

import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketId;

/** One thing that was done to the host, or was about to be; none can be undone. */
public sealed interface Act {
    /** The word for it in documents and logs. */
    default String label() {
        return switch (this) {
            case Destroy(var _) -> "destroy-connection";
            case Stop(var _) -> "stop-unit";
            case Signal(var _, var _, var _) -> "signal-process";
        };
    }

    /** A connection was ended. */
    record Destroy(SocketId connection) implements Act {}

    /** A service was stopped by the service manager. */
    record Stop(String unit) implements Act {}

    /**
     * A process was signalled.
     *
     * @param name its short name, for those who read the log when the process is long gone
     */
    record Signal(ProcessRef process, String name, EndSignal signal) implements Act {}
}
