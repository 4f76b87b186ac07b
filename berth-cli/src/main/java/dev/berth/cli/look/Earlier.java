package dev.berth.cli.look;

import dev.berth.diagnosis.doctor.EarlierLook;
import dev.berth.diagnosis.survey.FirstLook;
import dev.berth.diagnosis.survey.Living;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketQuery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/** The first of two looks at one namespace: which connections there are. */
public final class Earlier {
    private static final SocketQuery LIVING = SocketQuery.all(Protocol.TCP)
            .with(EnumSet.complementOf(EnumSet.of(TcpState.LISTEN, TcpState.BOUND, TcpState.TIME_WAIT)));

    private final Living living;
    private final Settings settings;
    private final long nanoTime;

    private Earlier(Living living, Settings settings, long nanoTime) {
        this.living = living;
        this.settings = settings;
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
        return new Earlier(living, ground.settings(), now);
    }

    /** As the second look, which starts now, sees it. */
    FirstLook connections() {
        return new FirstLook(living, ago().toNanos() / 1e9);
    }

    /** The counters then, for a look that is judged now. */
    EarlierLook counters() {
        return new EarlierLook(settings.counters(), ago());
    }

    private Duration ago() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
