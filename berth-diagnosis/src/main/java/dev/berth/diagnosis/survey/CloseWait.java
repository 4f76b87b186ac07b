package dev.berth.diagnosis.survey;

import dev.berth.net.Endpoint;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A connection that its peer has closed and this side has not. There is an object for each, for a host that has more than a few
 * has a leak, and only then is it asked for.
 *
 * @param inode 0 where it has not been accepted yet
 * @param silentSeconds for how long the peer has been gone at least; empty where the source does not tell
 */
public record CloseWait(int localPort, Endpoint remote, long inode, OptionalInt silentSeconds) {
    /** Reads to the end of {@code part}, which has only these. */
    public static List<CloseWait> read(SocketCursor part) throws HostReadException {
        var all = new ArrayList<CloseWait>();
        while (part.next()) {
            long silent = part.silentMillis();
            all.add(new CloseWait(
                    part.localPort(),
                    part.remote(),
                    part.inode(),
                    silent < 0 ? OptionalInt.empty() : OptionalInt.of((int) (silent / 1000))));
        }
        return all;
    }
}
