package dev.berth.cli.look;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketQuery;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.List;

/**
 * What has to be known before connections are read, to tell which of them cost a port of automatic choice.
 *
 * @param listeners ports with a listener
 * @param explicit ports that connections are bound to by number
 */
record Ground(Settings settings, PortSet listeners, PortSet explicit) {
    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP);
    private static final SocketQuery LISTENERS = TCP.with(EnumSet.of(TcpState.LISTEN));
    /** TIME_WAIT does not tell, and who listens or is bound only is read anyway. */
    private static final SocketQuery EXPLICIT = TCP.with(SocketQuery.PortOrigin.EXPLICIT)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND, TcpState.TIME_WAIT)));

    static Ground of(HostNetwork host, List<Gap> gaps) throws HostReadException {
        Aside<Settings> settings = Aside.start(host::settings);
        PortSet listeners = ports(host, LISTENERS, gaps);
        PortSet explicit = ports(host, EXPLICIT, gaps);
        return new Ground(settings.join(), listeners, explicit);
    }

    private static PortSet ports(HostNetwork host, SocketQuery query, List<Gap> gaps) throws HostReadException {
        return Parts.read(
                host,
                query,
                gaps,
                part -> {
                    var ports = new BitSet();
                    while (part.next()) {
                        ports.set(part.localPort());
                    }
                    return PortSet.of(ports);
                },
                PortSet::plus);
    }

    PortPolicy policy() {
        return settings.policy(Protocol.TCP);
    }

    /** The ports whose connections are automatic choice's. */
    PortSet automatic() {
        return policy().drawable().minus(listeners).minus(explicit);
    }
}
