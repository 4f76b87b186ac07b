package dev.berth.cli.look;

import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketQuery;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The map of a host's ports, and of which host and when it is. */
public record Chart(HostFacts facts, NetworkNamespace namespace, PortMap map, List<Gap> gaps) {
    public static Chart of(HostNetwork host, Protocol protocol, PortRange range) throws HostReadException {
        Settings settings = host.settings();
        var gaps = new ArrayList<Gap>(settings.gaps());
        var builder = new PortMap.Builder(protocol, range, settings);
        if (protocol == Protocol.TCP) { // of UDP every system shows what there is
            for (TcpState state : List.of(TcpState.BOUND, TcpState.TIME_WAIT)) {
                if (!host.shows(state)) {
                    builder.notShowing(state);
                }
            }
        }
        try (SocketDump dump = host.sockets(SocketQuery.all(protocol).with(range), 1)) {
            gaps.addAll(dump.gaps());
            for (SocketCursor part : dump.parts()) {
                builder.read(part);
            }
        }
        return new Chart(host.facts(), host.namespace(), builder.build(), gaps);
    }

    /** What it shows, such as {@code tcp ports of db1}. The host's name is other people's text. */
    public String subject() {
        return map.protocol().label() + " ports of " + facts.hostName();
    }

    /** What its legend calls that kind. */
    public String words(PortKind kind) {
        return kind.words(facts.system().equals("windows"));
    }

    /** When and where it was read. The namespace's name is other people's text. */
    public String occasion() {
        String time = facts.readAt()
                .truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .replace('T', ' ')
                .replace("Z", " UTC");
        return namespace.equals(NetworkNamespace.ONLY) ? time : time + ", network namespace " + namespace;
    }
}
