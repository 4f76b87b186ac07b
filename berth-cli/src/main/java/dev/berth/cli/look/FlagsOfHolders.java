package dev.berth.cli.look;

import dev.berth.diagnosis.Holder;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the processes that hold sockets how these share their port; each socket once. */
final class FlagsOfHolders {
    /** A process is searched anew for each socket, and a busy listener has thousands. */
    private static final int MOST_SOCKETS = 32;

    private FlagsOfHolders() {}

    /** The same holders, with the flags of the first sockets that a process holds. */
    static List<Holder> read(HostNetwork host, List<Holder> holders) {
        Map<Long, SocketFlags> asked = new HashMap<>();
        var answered = new ArrayList<Holder>(holders.size());
        for (Holder holder : holders) {
            ProcessInfo process = holder.process();
            answered.add(process == null ? holder : holder.with(flags(host, process, holder, asked)));
        }
        return answered;
    }

    private static SocketFlags flags(
            HostNetwork host, ProcessInfo process, Holder holder, Map<Long, SocketFlags> asked) {
        SocketFlags known = asked.get(holder.inode());
        if (known instanceof SocketFlags.Read) {
            return known;
        }
        if (asked.size() >= MOST_SOCKETS) {
            return new SocketFlags.Unknown("only the first " + MOST_SOCKETS + " sockets were asked");
        }
        SocketFlags answer =
                host.flags(process.pid(), holder.inode(), holder.id().cookie());
        asked.put(holder.inode(), answer);
        return answer;
    }
}
