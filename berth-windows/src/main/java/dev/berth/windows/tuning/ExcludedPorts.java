package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.Netsh;
import dev.berth.windows.system.Tools;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The administered exclusions of a protocol, as a list of ports that both families have. Windows knows blocks only, excludes
 * none of a block where one of its ports is held, and takes out a block only as it was added.
 */
final class ExcludedPorts {
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
            return new Reading.Value(now(protocol).toString());
        } catch (NotChangedException e) {
            return new Reading.Unknown(Objects.requireNonNull(e.getMessage()));
        }
    }

    private PortSet now(Protocol protocol) throws NotChangedException {
        PortSet both = PortSet.of(PortRange.ALL);
        for (Scope scope : Families.of(protocol)) {
            both = both.intersect(Exclusions.read(netsh, scope).lasting());
        }
        return both;
    }

    /** Only what the list adds and lacks is touched. What is to be added comes first: a list that only grows lets go of nothing. */
    ActOutcome write(Protocol protocol, String text) {
        ReservedList list = ReservedList.parse(text);
        if (list == null || list.zero()) {
            return new ActOutcome.Failed("'%s' is no list of ports from 1 to 65535, such as 80,8080-8090"
                    .formatted(text.length() > 60 ? text.substring(0, 60) + "…" : text));
        }
        try {
            PortSet now = now(protocol);
            PortSet removed = now.minus(list.ports());
            keepTheRest(protocol, removed);
            for (Scope scope : Families.of(protocol)) {
                add(scope, list.ports().minus(now));
            }
            for (Scope scope : Families.of(protocol)) {
                remove(scope, removed);
            }
            return new ActOutcome.Done();
        } catch (NotChangedException e) {
            return e.outcome();
        }
    }

    /** Adds block by block, and halves of a block that Windows refuses, down to the ports that are the reason. */
    private void add(Scope scope, PortSet ports) throws NotChangedException {
        PortSet missing = ports.minus(Exclusions.read(netsh, scope).lasting());
        List<PortRange> blocks = missing.ranges();
        while (!blocks.isEmpty()) {
            for (PortRange block : blocks) {
                change.addExclusion(scope, block);
            }
            missing = missing.minus(Exclusions.read(netsh, scope).lasting());
            PortSet left = missing;
            blocks = blocks.stream()
                    .filter(block -> block.size() > 1 && left.contains(block.first()))
                    .flatMap(ExcludedPorts::halves)
                    .toList();
        }
        if (!missing.isEmpty()) {
            throw NotChangedException.failed("Windows does not exclude "
                    + held.reasons(missing, scope, Exclusions.read(netsh, scope).active()));
        }
    }

    private static Stream<PortRange> halves(PortRange block) {
        int middle = block.first() + block.size() / 2;
        return Stream.of(new PortRange(block.first(), middle - 1), new PortRange(middle, block.last()));
    }

    /** Of a block that is taken out for some of its ports, the others are excluded again; that fails where one is held. */
    private void keepTheRest(Protocol protocol, PortSet removed) throws NotChangedException {
        for (Scope scope : Families.of(protocol)) {
            for (PortRange block : Exclusions.read(netsh, scope).blocksWith(removed)) {
                PortSet inUse = held.among(PortSet.of(block).minus(removed), scope);
                if (!inUse.isEmpty()) {
                    throw NotChangedException.failed(
                            "the block %s can only be taken out whole, and Windows would not exclude %s again, which a socket holds: free it first"
                                    .formatted(block, inUse.inShort()));
                }
            }
        }
    }

    private void remove(Scope scope, PortSet ports) throws NotChangedException {
        PortSet rest = PortSet.EMPTY;
        for (PortRange block : Exclusions.read(netsh, scope).blocksWith(ports)) {
            change.deleteExclusion(scope, block);
            rest = rest.plus(PortSet.of(block).minus(ports));
        }
        add(scope, rest);
        PortSet left = Exclusions.read(netsh, scope).lasting().intersect(ports);
        if (!left.isEmpty()) {
            throw NotChangedException.failed("netsh did not take out " + left.inShort());
        }
    }
}
