package dev.berth.cli.look;

import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The sockets of some namespaces with their owners, in the order in which they are shown. */
public final class Listing {
    /** The sockets of one namespace. */
    public record Table(NetworkNamespace namespace, SocketColumns sockets, RowOrder order) {}

    private final List<Table> tables;
    private final Owners owners;
    private final Processes processes;
    private final List<Gap> gaps;

    private Listing(List<Table> tables, Owners owners, Processes processes, List<Gap> gaps) {
        this.tables = tables;
        this.owners = owners;
        this.processes = processes;
        this.gaps = gaps;
    }

    /**
     * Reads the sockets, in two parts at once, while a third thread walks the processes.
     *
     * @param keeps what the query cannot say about a row
     * @param inFull whether all there is to know of the owners is wanted, or only what a line shows
     */
    public static Listing of(
            List<? extends HostNetwork> hosts,
            SocketQuery query,
            Predicate<SocketCursor> keeps,
            boolean withOwners,
            boolean inFull)
            throws HostReadException {
        HostNetwork any = hosts.getFirst();
        Aside<Owners> walk = withOwners ? Aside.start(() -> any.owners(OwnerQuery.everything())) : null;
        var gaps = new ArrayList<Gap>();
        var tables = new ArrayList<Table>();
        for (HostNetwork host : hosts) {
            SocketColumns sockets = read(host, query, keeps, gaps);
            tables.add(new Table(host.namespace(), sockets, RowOrder.of(sockets)));
        }
        Owners owners = walk == null ? Owners.notLooked() : walk.join();
        gaps.addAll(owners.gaps());
        return new Listing(tables, owners, inFull ? Processes.of(any) : Processes.labelsOf(any), gaps);
    }

    private static SocketColumns read(
            HostNetwork host, SocketQuery query, Predicate<SocketCursor> keeps, List<Gap> gaps)
            throws HostReadException {
        try (SocketDump dump = host.sockets(query, 2)) {
            gaps.addAll(dump.gaps());
            List<? extends SocketCursor> parts = dump.parts();
            var others = new ArrayList<Aside<SocketColumns>>();
            for (SocketCursor part : parts.subList(1, parts.size())) {
                others.add(Aside.start(() -> keep(part, keeps)));
            }
            SocketColumns all = keep(parts.getFirst(), keeps);
            for (Aside<SocketColumns> other : others) {
                all.appendAll(other.join());
            }
            return all;
        }
    }

    private static SocketColumns keep(SocketCursor part, Predicate<SocketCursor> keeps) throws HostReadException {
        var kept = new SocketColumns();
        while (part.next()) {
            if (keeps.test(part)) {
                kept.append(part);
            }
        }
        return kept;
    }

    public List<Table> tables() {
        return tables;
    }

    public Owners owners() {
        return owners;
    }

    /** Why no process holds the socket; null where one does. */
    public Owner.@Nullable Reason whyNobodyHolds(long inode) {
        return owners.of(inode) instanceof Owner.Nobody(Owner.Reason reason)
                ? reason.in(tables.getFirst().namespace())
                : null;
    }

    public List<Gap> gaps() {
        return gaps;
    }

    /** The process with that id, or null when it has ended. */
    public @Nullable ProcessInfo process(int pid) {
        return processes.apply(pid).orElse(null);
    }
}
