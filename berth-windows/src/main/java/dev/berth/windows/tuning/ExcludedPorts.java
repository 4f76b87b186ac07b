package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.ExcludedTable;
import dev.berth.windows.settings.Netsh;
import dev.berth.windows.system.Tools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The administered exclusions of a protocol that are in force, as a list of ports that both families have. Windows knows blocks
 * only, excludes none of a block where one of its ports is held, and takes out a block only as it was added. What is added is
 * persistent; whether what others added is, {@link Netsh.Store} does not tell for sure.
 */
final class ExcludedPorts {
    private static final int LONGEST = 60;

    private final Netsh netsh;
    private final NetshChange change;
    private final Held held;

    ExcludedPorts(Netsh netsh, Tools changing, Held held) {
        this.netsh = netsh;
        this.change = new NetshChange(changing);
        this.held = held;
    }

    Reading read(Protocol protocol) {
        try {
            return new Reading.Value(both(tables(protocol)).toString());
        } catch (NotChangedException e) {
            return new Reading.Unknown(Objects.requireNonNull(e.getMessage()));
        }
    }

    private Map<Scope, ExcludedTable> tables(Protocol protocol) throws NotChangedException {
        var tables = new LinkedHashMap<Scope, ExcludedTable>();
        for (Scope scope : Families.of(protocol)) {
            tables.put(scope, table(scope));
        }
        return tables;
    }

    private ExcludedTable table(Scope scope) throws NotChangedException {
        return NotChangedException.orFailed(netsh.excluded(scope, Netsh.Store.ACTIVE));
    }

    private static PortSet both(Map<Scope, ExcludedTable> tables) {
        return tables.values().stream()
                .map(ExcludedTable::administered)
                .reduce(PortSet.of(PortRange.ALL), PortSet::intersect);
    }

    /** Only what the list adds and lacks is touched. What is to be added comes first: a list that only grows lets go of nothing. */
    ActOutcome write(Protocol protocol, String text) {
        ReservedList list = ReservedList.parse(text);
        if (list == null || list.zero()) {
            return new ActOutcome.Failed("'%s' is no list of ports from 1 to 65535, such as 80,8080-8090"
                    .formatted(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text));
        }
        try {
            Map<Scope, ExcludedTable> before = tables(protocol);
            PortSet now = both(before);
            PortSet removed = now.minus(list.ports());
            keepTheRest(before, removed);
            addToBoth(before, list.ports().minus(now));
            for (Scope scope : before.keySet()) {
                remove(scope, removed);
            }
            return new ActOutcome.Done();
        } catch (NotChangedException e) {
            return e.outcome();
        }
    }

    /** What one family refuses, the other does not keep: nobody would see it there, and take it back. */
    private void addToBoth(Map<Scope, ExcludedTable> before, PortSet ports) throws NotChangedException {
        for (Scope scope : before.keySet()) {
            PortSet refused = add(scope, ports);
            if (!refused.isEmpty()) {
                String reasons = reasons(refused, scope);
                for (Map.Entry<Scope, ExcludedTable> family : before.entrySet()) {
                    remove(family.getKey(), refused.minus(family.getValue().administered()));
                }
                throw NotChangedException.failed(reasons);
            }
        }
    }

    /**
     * Adds block by block, and halves of a block that Windows refuses, down to the ports that are the reason.
     *
     * @return those
     */
    private PortSet add(Scope scope, PortSet ports) throws NotChangedException {
        if (ports.isEmpty()) {
            return ports;
        }
        PortSet missing = ports.minus(table(scope).administered());
        List<PortRange> blocks = missing.ranges();
        while (!blocks.isEmpty()) {
            for (PortRange block : blocks) {
                change.addExclusion(scope, block);
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
    private void keepTheRest(Map<Scope, ExcludedTable> tables, PortSet removed) throws NotChangedException {
        for (Map.Entry<Scope, ExcludedTable> family : tables.entrySet()) {
            for (PortRange block : blocksWith(removed, family.getValue())) {
                PortSet inUse = held.among(PortSet.of(block).minus(removed), family.getKey());
                if (!inUse.isEmpty()) {
                    throw NotChangedException.failed(
                            "the block %s can only be taken out whole, and Windows would not exclude %s again, which a socket holds: free it first"
                                    .formatted(block, inUse.inShort()));
                }
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

    private void remove(Scope scope, PortSet ports) throws NotChangedException {
        if (ports.isEmpty()) {
            return;
        }
        PortSet rest = PortSet.EMPTY;
        for (PortRange block : blocksWith(ports, table(scope))) {
            change.deleteExclusion(scope, block);
            rest = rest.plus(PortSet.of(block).minus(ports));
        }
        PortSet refused = add(scope, rest);
        if (!refused.isEmpty()) {
            throw NotChangedException.failed(reasons(refused, scope) + ", which it did before");
        }
        PortSet left = table(scope).administered().intersect(ports);
        if (!left.isEmpty()) {
            throw NotChangedException.failed("netsh did not take out " + left.inShort());
        }
    }
}
