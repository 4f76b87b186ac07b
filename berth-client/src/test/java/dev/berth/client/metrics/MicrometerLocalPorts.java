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
import java.util.Set;
import java.util.stream.Stream;

/**
 * Local ports as meters of Micrometer:
 *
 * <pre>{@code
 * var meters = new MicrometerLocalPorts(registry, Set.of("payments.example", "db.example"));
 * LocalPorts ports = LocalPorts.builder().range(10000, 29999).metrics(meters).build();
 * meters.watch(ports);
 * }</pre>
 *
 * <p>Each value of a tag is a time series more of each meter, for as long as the program runs. So the hosts that get a name
 * of their own are listed, and all others are {@code other}: a tag for each address would drown the monitoring of a program
 * that connects to whatever it is told.
 */
final class MicrometerLocalPorts implements LocalPortMetrics {
    private static final String DESTINATION = "destination";
    private static final String OTHER = "other";

    private final MeterRegistry registry;
    private final Set<String> hosts;
    private final MeterProvider<Counter> connected;
    private final MeterProvider<Counter> lostRaces;
    private final MeterProvider<Counter> exhausted;
    private final MeterProvider<Counter> closed;

    MicrometerLocalPorts(MeterRegistry registry, Set<String> hosts) {
        this.registry = registry;
        this.hosts = hosts;
        connected = Counter.builder("local.ports.connected").withRegistry(registry);
        lostRaces = Counter.builder("local.ports.lost.races").withRegistry(registry);
        exhausted = Counter.builder("local.ports.exhausted").withRegistry(registry);
        closed = Counter.builder("local.ports.closed").withRegistry(registry);
    }

    /** Shows what there is now, at each scrape. Micrometer holds {@code ports} weakly: keep it. */
    void watch(LocalPorts ports) {
        Stream.concat(hosts.stream(), Stream.of(OTHER)).forEach(name -> {
            Gauge.builder(
                            "local.ports.used",
                            ports,
                            from -> used(from, name)
                                    .mapToInt(DestinationUsage::inUse)
                                    .sum())
                    .tags(DESTINATION, name, "state", "in_use")
                    .register(registry);
            Gauge.builder(
                            "local.ports.used",
                            ports,
                            from -> used(from, name)
                                    .mapToInt(DestinationUsage::waiting)
                                    .sum())
                    .tags(DESTINATION, name, "state", "time_wait")
                    .register(registry);
            Gauge.builder("local.ports.free", ports, from -> fewestFree(from, name))
                    .description("towards the destination that has the fewest left")
                    .tags(DESTINATION, name)
                    .register(registry);
        });
    }

    private Stream<DestinationUsage> used(LocalPorts ports, String name) {
        return ports.usage().stream().filter(usage -> name.equals(name(usage.destination())));
    }

    private double fewestFree(LocalPorts ports, String name) {
        return used(ports, name).mapToDouble(DestinationUsage::free).min().orElse(Double.NaN);
    }

    private String name(InetSocketAddress destination) {
        String host = destination.getHostString();
        return hosts.contains(host) ? host : OTHER;
    }

    @Override
    public void connected(InetSocketAddress destination, int candidates) {
        connected.withTag(DESTINATION, name(destination)).increment();
    }

    @Override
    public void lostRace(InetSocketAddress destination) {
        lostRaces.withTag(DESTINATION, name(destination)).increment();
    }

    @Override
    public void exhausted(PortsExhaustedException failure) {
        exhausted.withTag(DESTINATION, name(failure.destination())).increment();
    }

    @Override
    public void closed(InetSocketAddress destination, boolean waits) {
        closed.withTags(DESTINATION, name(destination), "time_wait", String.valueOf(waits))
                .increment();
    }
}
