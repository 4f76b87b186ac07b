package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.ExcludedTable;
import dev.berth.windows.settings.Netsh;
import dev.berth.windows.settings.Netsh.Store;
import dev.berth.windows.system.Tools;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The administered exclusions of a protocol that are in force in the table of one family, as a list of ports. Windows knows blocks
 * only, excludes none of a block where one of its ports is held, and takes out a block only as it was added. What is added is
 * persistent, and what is left of a block that was to end with the next restart ends with it. Where the families
 * are one space, what is written for one is there for the other as well.
 */
final class ExcludedPorts {
    private static final int LONGEST = 60;

    private final Netsh netsh;
    private final NetshChange change;
    private final Held held;
    private final PortSet madeByHns;

    ExcludedPorts(Netsh netsh, Tools changing, Held held, PortSet madeByHns) {
        this.netsh = netsh;
        this.change = new NetshChange(changing);
        this.held = held;
        this.madeByHns = madeByHns;
    }

    Reading read(Scope scope) {
        try {
            return new Reading.Value(table(scope).administered().toString());
        } catch (NotChangedException e) {
            return new Reading.Unknown(Objects.requireNonNull(e.getMessage()));
        }
    }

    private ExcludedTable table(Scope scope) throws NotChangedException {
        return NotChangedException.orFailed(netsh.excluded(scope, Store.ACTIVE));
    }

    /** Only what the list adds and lacks is touched. What is to be added comes first: a list that only grows lets go of nothing. */
    ActOutcome write(Scope scope, String text) {
        ReservedList list = ReservedList.parse(text);
        if (list == null || list.zero()) {
            return new ActOutcome.Failed("'%s' is no list of ports from 1 to 65535, such as 80,8080-8090"
                    .formatted(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text));
        }
        try {
            ExcludedTable before = table(scope);
            PortSet now = before.administered();
            PortSet removed = now.minus(list.ports());
            keepTheRest(scope, before, removed);
            PortSet refused = add(scope, list.ports().minus(now), Store.PERSISTENT);
            if (!refused.isEmpty()) {
                throw NotChangedException.failed(reasons(refused, scope));
            }
            remove(scope, removed);
            return new ActOutcome.Done();
        } catch (NotChangedException e) {
            return e.outcome();
        }
    }

    /**
     * Adds block by block, and halves of a block that Windows refuses, down to the ports that are the reason.
     *
     * @return those
     */
    private PortSet add(Scope scope, PortSet ports, Store store) throws NotChangedException {
        if (ports.isEmpty()) {
            return ports;
        }
        PortSet missing = ports.minus(table(scope).administered());
        List<PortRange> blocks = missing.ranges();
        while (!blocks.isEmpty()) {
            for (PortRange block : blocks) {
                change.addExclusion(scope, block, store);
            }
            PortSet left = missing.minus(table(scope).administered());
            blocks = blocks.stream()
                    .filter(block -> block.size() > 1 && left.contains(block.first()))
                    .flatMap(ExcludedPorts::halves)
                    .toList();
            missing = left;
        }
        return missing;
    }

    private String reasons(PortSet refused, Scope scope) throws NotChangedException {
        return "Windows does not exclude " + held.reasons(refused, scope, table(scope));
    }

    private static Stream<PortRange> halves(PortRange block) {
        int middle = block.first() + block.size() / 2;
        return Stream.of(new PortRange(block.first(), middle - 1), new PortRange(middle, block.last()));
    }

    /** Of a block that is taken out for some of its ports, the others are excluded again; that fails where one is held. */
    private void keepTheRest(Scope scope, ExcludedTable table, PortSet removed) throws NotChangedException {
        for (PortRange block : blocksWith(removed, table)) {
            PortSet inUse = held.among(PortSet.of(block).minus(removed), scope);
            if (!inUse.isEmpty()) {
                throw NotChangedException.failed(
                        "the block %s can only be taken out whole, and Windows would not exclude %s again, which a socket holds: free it first"
                                .formatted(block, inUse.inShort()));
            }
        }
    }

    /** The blocks that a person made of which these ports are. */
    private static List<PortRange> blocksWith(PortSet ports, ExcludedTable table) {
        return table.rows().stream()
                .filter(ExcludedRange::administered)
                .map(ExcludedRange::range)
                .filter(block -> ports.intersects(PortSet.of(block)))
                .toList();
    }

    /** The blocks of which that is known, see {@link Store#PERSISTENT}. */
    private List<PortRange> endingWithRestart(Scope scope) throws NotChangedException {
        ExcludedTable later = netsh.excluded(scope, Store.PERSISTENT).orNull();
        if (later == null) {
            return List.of();
        }
        return table(scope).rows().stream()
                .map(ExcludedRange::range)
                .filter(block -> !later.ports().intersects(PortSet.of(block)))
                .filter(block -> !later.rows().isEmpty()
                        || PortSet.of(block).minus(madeByHns).isEmpty())
                .toList();
    }

    private void remove(Scope scope, PortSet ports) throws NotChangedException {
        if (ports.isEmpty()) {
            return;
        }
        PortSet lasting = PortSet.EMPTY;
        PortSet passing = PortSet.EMPTY;
        List<PortRange> endingWithRestart = endingWithRestart(scope);
        for (PortRange block : blocksWith(ports, table(scope))) {
            change.deleteExclusion(scope, block);
            PortSet rest = PortSet.of(block).minus(ports);
            if (endingWithRestart.contains(block)) {
                passing = passing.plus(rest);
            } else {
                lasting = lasting.plus(rest);
            }
        }
        PortSet refused = add(scope, lasting, Store.PERSISTENT).plus(add(scope, passing, Store.ACTIVE));
        if (!refused.isEmpty()) {
            throw NotChangedException.failed(reasons(refused, scope) + ", which it did before");
        }
        PortSet left = table(scope).administered().intersect(ports);
        if (!left.isEmpty()) {
            throw NotChangedException.failed("netsh did not take out " + left.inShort());
        }
    }
}
