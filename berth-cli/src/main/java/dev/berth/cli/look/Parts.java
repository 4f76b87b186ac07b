package dev.berth.cli.look;

import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;

/** Reads the sockets of a host with two threads, a part each. */
final class Parts {
    private Parts() {}

    /** What one thread makes of its part of a dump. */
    interface Reader<T> {
        T read(SocketCursor part) throws HostReadException;
    }

    static <T> T read(HostNetwork host, SocketQuery query, List<Gap> gaps, Reader<T> reader, BinaryOperator<T> join)
            throws HostReadException {
        try (SocketDump dump = host.sockets(query, 2)) {
            addNew(gaps, dump.gaps());
            List<? extends SocketCursor> parts = dump.parts();
            var others = new ArrayList<Aside<T>>();
            for (SocketCursor part : parts.subList(1, parts.size())) {
                others.add(Aside.start(() -> reader.read(part)));
            }
            T all = reader.read(parts.getFirst());
            for (Aside<T> other : others) {
                all = join.apply(all, other.join());
            }
            return all;
        }
    }

    /** Adds the gaps that are not there yet. */
    static void addNew(List<Gap> gaps, List<Gap> more) {
        for (Gap gap : more) {
            if (!gaps.contains(gap)) {
                gaps.add(gap);
            }
        }
    }
}
