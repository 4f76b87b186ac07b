package dev.berth.cli.look;

import dev.berth.diagnosis.Holder;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketFlags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the processes that hold sockets how these share their port; a socket that has answered is not asked again. */
final class FlagsOfHolders {
    /** Each question searches the descriptors of a process anew, and there may be tens of thousands. */
    private static final int MOST_QUESTIONS = 8;

    private final HostNetwork host;
    private final Map<Holder.Socket, SocketFlags.Read> answers = new HashMap<>();
    private int questions;

    private FlagsOfHolders(HostNetwork host) {
        this.host = host;
    }

    /**
     * The same holders, with the flags of the first sockets that a process holds. Accepted connections are not asked about:
     * beside their listener, which no bind passes, it does not matter how they share.
     */
    static List<Holder> read(HostNetwork host, List<Holder> holders) {
        var flags = new FlagsOfHolders(host);
        var answered = new ArrayList<Holder>(holders.size());
        for (Holder holder : holders) {
            ProcessInfo process = holder.process();
            answered.add(process == null || holder.accepted() ? holder : holder.with(flags.of(holder, process)));
        }
        return answered;
    }

    private SocketFlags of(Holder holder, ProcessInfo process) {
        SocketFlags.Read known = answers.get(holder.socket());
        if (known != null) {
            return known;
        }
        if (questions == MOST_QUESTIONS) {
            return new SocketFlags.Unknown("not asked: " + MOST_QUESTIONS + " questions had been asked by then");
        }
        questions++;
        SocketFlags answer =
                host.flags(process.pid(), holder.inode(), holder.id().cookie());
        if (answer instanceof SocketFlags.Read read) {
            answers.put(holder.socket(), read);
        }
        return answer;
    }
}
