package dev.berth.cli.look;

import dev.berth.platform.FailureFeed;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Watches a host for failures and adds them up. Safe to use from several threads; a tally that was not taken is still being added to. */
public final class FailureWatch implements AutoCloseable {
    /** How often to fetch: rarer, and bursts would be lost; more often, and the programs that fail would pay for it. */
    public static final Duration PACE = Duration.ofMillis(20);

    private final HostNetwork host;
    private final FailureQuery query;
    private final FailureFeed feed;
    private final Map<Long, NetworkNamespace> namespaces = new HashMap<>();
    private FailureTally tally;

    /**
     * @param hosts those that were chosen
     * @throws HostReadException when this user, or this system, cannot
     */
    public FailureWatch(List<? extends HostNetwork> hosts, FailureQuery query) throws HostReadException {
        host = hosts.getFirst();
        this.query = query;
        for (HostNetwork one : hosts) {
            namespaces.put(one.namespace().inode(), one.namespace());
        }
        tally = new FailureTally(host::process);
        feed = host.failures(query);
    }

    /** Adds up what came. */
    public synchronized void fetch() throws HostReadException {
        feed.drain(failure -> tally.add(named(failure)));
    }

    /** The failure with the name that its namespace is mounted under. */
    private PortFailure named(PortFailure failure) {
        NetworkNamespace netns = failure.netns();
        NetworkNamespace known = netns == null ? null : namespaces.get(netns.inode());
        return known == null ? failure : failure.in(known);
    }

    /** What was added up so far. */
    public synchronized FailureTally tally() {
        return tally;
    }

    /** What was added up since the last time; adding starts anew. */
    public synchronized FailureTally takeTally() {
        FailureTally taken = tally;
        tally = new FailureTally(host::process);
        return taken;
    }

    public FailureQuery query() {
        return query;
    }

    /**
     * Failures that are in no tally.
     *
     * @param lost those that came and were overwritten before they were fetched, at least
     * @param elsewhere those in network namespaces that were not asked for
     */
    public record Missed(long lost, long elsewhere) {
        public static final Missed NONE = new Missed(0, 0);

        public Missed since(Missed before) {
            return new Missed(lost - before.lost, elsewhere - before.elsewhere);
        }
    }

    public synchronized Missed missed() {
        return new Missed(feed.lost(), feed.elsewhere());
    }

    /** What was not seen of what failed since the watch began; {@code told} is what is being told. */
    public synchronized List<Gap> gaps(FailureTally told) {
        var gaps = new ArrayList<Gap>();
        if (!query.calls()) {
            gaps.add(new Gap(
                    "calls of bind() and listen() that fail",
                    "berth failures --binds tells them; a client that binds before it connects fails in bind()"));
        } else if (told.total() > told.total(PortFailure.Call.CONNECT)) {
            gaps.add(new Gap(
                    "the addresses and ports of bind() and listen()",
                    "their events do not carry them, nor whether it was TCP, UDP or a UNIX socket; berth list pid=PID"
                            + " shows what the process holds"));
        }
        gaps.addAll(feed.gaps());
        if (told.beyond() > 0) {
            gaps.add(new Gap(
                    "which process failed in " + told.beyond() + " of them",
                    "more processes failed than are kept apart"));
        }
        return gaps;
    }

    @Override
    public void close() {
        feed.close();
    }
}
