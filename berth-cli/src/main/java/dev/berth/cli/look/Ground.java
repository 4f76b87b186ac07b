package dev.berth.cli.look;

import dev.berth.diagnosis.survey.PortHolders;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketQuery;
import java.util.EnumSet;
import java.util.List;

/**
 * What has to be known before connections are read, to tell which of them cost a port of automatic choice.
 *
 * @param listeners ports with a listener
 * @param byNumber the connections that asked for their port by number
 */
record Ground(Settings settings, PortSet listeners, PortHolders byNumber) {
    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP);
    private static final SocketQuery LISTENERS = TCP.with(EnumSet.of(TcpState.LISTEN));
    /** TIME_WAIT does not tell, and who listens or is bound only is read anyway. */
    private static final SocketQuery EXPLICIT = TCP.with(SocketQuery.PortOrigin.EXPLICIT)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND, TcpState.TIME_WAIT)));

    static Ground of(HostNetwork host, List<Gap> gaps) throws HostReadException {
        Aside<Settings> settings = Aside.start(host::settings);
        PortSet listeners = holders(host, LISTENERS, gaps).ports();
        PortHolders byNumber = holders(host, EXPLICIT, gaps);
        return new Ground(settings.join(), listeners, byNumber);
    }

    static PortHolders holders(HostNetwork host, SocketQuery query, List<Gap> gaps) throws HostReadException {
        return Parts.read(host, query, gaps, PortHolders::read, PortHolders::merge);
    }

    PortPolicy policy() {
        return settings.policy(Protocol.TCP);
    }

    /** Ports that connections are bound to by number. */
    PortSet explicit() {
        return byNumber.ports();
    }

    /** The ports whose connections are automatic choice's. */
    PortSet automatic() {
        return policy().drawable().minus(listeners).minus(explicit());
    }
}
