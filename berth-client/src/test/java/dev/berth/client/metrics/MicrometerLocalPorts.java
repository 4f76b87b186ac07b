package dev.berth.client.metrics;

import dev.berth.client.DestinationUsage;
import dev.berth.client.LocalPortMetrics;
import dev.berth.client.LocalPorts;
import dev.berth.client.PortsExhaustedException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Local ports as meters of Micrometer:
 *
 * <pre>{@code
 * var meters = new MicrometerLocalPorts(registry, "orders", Set.of("payments.example", "db.example"));
 * LocalPorts ports = LocalPorts.builder().range(10000, 29999).metrics(meters).build();
 * meters.watch(ports);
 * }</pre>
 *
 * <p>Each value of a tag is a time series more of each meter, for as long as the program runs. So the hosts that get a name
 * of their own are listed, and all others are {@code other}: a tag for each address would drown the monitoring of a program
 * that connects to whatever it is told.
 *
 * <p>Each {@link LocalPorts} has an instance of this with a name of its own: of two gauges with the same tags Micrometer
 * ignores the second.
 */
final class MicrometerLocalPorts implements LocalPortMetrics {
    private static final String PORTS = "ports";
    private static final String DESTINATION = "destination";
    private static final String OTHER = "other";
    private static final long ONE_SCRAPE = TimeUnit.MILLISECONDS.toNanos(500);

    private final MeterRegistry registry;
    private final String name;
    private final Set<String> hosts;
    private final MeterProvider<Counter> connected;
    private final MeterProvider<Counter> lostRaces;
    private final MeterProvider<Counter> exhausted;
    private final MeterProvider<Counter> closed;
    private volatile Seen seen = new Seen(Map.of(), System.nanoTime() - ONE_SCRAPE);

    /** What all gauges of one scrape show, by host: to look means a walk over all destinations. */
    private record Seen(Map<String, List<DestinationUsage>> usages, long at) {}

    /** @param name tells these ports from others in the registry, as the tag {@code ports} */
    MicrometerLocalPorts(MeterRegistry registry, String name, Set<String> hosts) {
        this.registry = registry;
        this.name = name;
        this.hosts = hosts;
        connected = counter("local.ports.connected");
        lostRaces = counter("local.ports.lost.races");
        exhausted = counter("local.ports.exhausted");
        closed = counter("local.ports.closed");
    }

    private MeterProvider<Counter> counter(String what) {
        return Counter.builder(what).tag(PORTS, name).withRegistry(registry);
    }

    /** Shows what there is now, at each scrape. Micrometer holds {@code ports} weakly: keep it. */
    void watch(LocalPorts ports) {
        Stream.concat(hosts.stream(), Stream.of(OTHER)).forEach(host -> {
            Gauge.builder(
                            "local.ports.used",
                            ports,
                            from -> usages(from, host)
                                    .mapToInt(DestinationUsage::inUse)
                                    .sum())
                    .tags(PORTS, name, DESTINATION, host, "state", "in_use")
                    .register(registry);
            Gauge.builder(
                            "local.ports.used",
                            ports,
                            from -> usages(from, host)
                                    .mapToInt(DestinationUsage::waiting)
                                    .sum())
                    .tags(PORTS, name, DESTINATION, host, "state", "time_wait")
                    .register(registry);
            Gauge.builder("local.ports.free", ports, from -> fewestFree(from, host))
                    .description("towards the destination that has the fewest left")
                    .tags(PORTS, name, DESTINATION, host)
                    .register(registry);
        });
    }

    private double fewestFree(LocalPorts ports, String host) {
        return usages(ports, host).mapToDouble(DestinationUsage::free).min().orElse(Double.NaN);
    }

    private Stream<DestinationUsage> usages(LocalPorts ports, String host) {
        Seen last = seen;
        long now = System.nanoTime();
        if (now - last.at >= ONE_SCRAPE) {
            last = new Seen(
                    ports.usage().stream().collect(Collectors.groupingBy(usage -> host(usage.destination()))), now);
            seen = last;
        }
        return last.usages.getOrDefault(host, List.of()).stream();
    }

    private String host(InetSocketAddress destination) {
        String host = destination.getHostString();
        return hosts.contains(host) ? host : OTHER;
    }

    @Override
    public void connected(InetSocketAddress destination, int candidates) {
        connected.withTag(DESTINATION, host(destination)).increment();
    }

    @Override
    public void lostRace(InetSocketAddress destination) {
        lostRaces.withTag(DESTINATION, host(destination)).increment();
    }

    @Override
    public void exhausted(PortsExhaustedException failure) {
        exhausted.withTag(DESTINATION, host(failure.destination())).increment();
    }

    @Override
    public void closed(InetSocketAddress destination, boolean waits) {
        closed.withTags(DESTINATION, host(destination), "time_wait", String.valueOf(waits))
                .increment();
    }
}
