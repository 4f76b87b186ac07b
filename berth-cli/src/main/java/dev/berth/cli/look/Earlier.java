package dev.berth.cli.look;

import dev.berth.diagnosis.survey.FirstLook;
import dev.berth.diagnosis.survey.Living;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketQuery;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first of two looks at one namespace: which connections there are. */
public final class Earlier {
    private static final SocketQuery LIVING = SocketQuery.all(Protocol.TCP)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND, TcpState.TIME_WAIT)));

    private final Living living;
    private final @Nullable Long activeOpens;
    private final long nanoTime;

    private Earlier(Living living, @Nullable Long activeOpens, long nanoTime) {
        this.living = living;
        this.activeOpens = activeOpens;
        this.nanoTime = nanoTime;
    }

    /** One of each namespace, in their order. */
    public static List<Earlier> of(List<? extends HostNetwork> hosts) throws HostReadException {
        var all = new ArrayList<Earlier>();
        for (HostNetwork host : hosts) {
            all.add(of(host));
        }
        return all;
    }

    private static Earlier of(HostNetwork host) throws HostReadException {
        Ground ground = Ground.of(host, new ArrayList<>()); // the second look tells its gaps
        PortSet ports = ground.automatic();
        var opens = ground.settings().counter("Tcp.ActiveOpens");
        long now = System.nanoTime();
        Living living = Parts.read(
                host,
                LIVING,
                new ArrayList<>(),
                part -> {
                    var read = new Living(ports);
                    read.read(part);
                    return read;
                },
                (all, other) -> {
                    all.merge(other);
                    return all;
                });
        return new Earlier(living, opens.isPresent() ? opens.getAsLong() : null, now);
    }

    /** As the second look, which starts now, sees it. */
    FirstLook before() {
        return new FirstLook(living, (System.nanoTime() - nanoTime) / 1e9, activeOpens);
    }
}
