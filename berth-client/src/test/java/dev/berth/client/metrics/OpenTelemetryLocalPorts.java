package dev.berth.client.metrics;

import dev.berth.client.DestinationUsage;
import dev.berth.client.LocalPortMetrics;
import dev.berth.client.LocalPorts;
import dev.berth.client.PortsExhaustedException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Local ports as instruments of OpenTelemetry:
 *
 * <pre>{@code
 * Meter meter = openTelemetry.getMeter("local-ports");
 * var instruments = new OpenTelemetryLocalPorts(meter, "orders", Set.of("payments.example"));
 * LocalPorts ports = LocalPorts.builder().range(10000, 29999).metrics(instruments).build();
 * instruments.watch(ports);
 * }</pre>
 *
 * <p>Each combination of attributes is a time series, and the SDK keeps 2,000 of them for an instrument before it lumps the
 * rest together. So the hosts that get a name of their own are listed, and all others are {@code other}.
 *
 * <p>Each {@link LocalPorts} has an instance of this with a name of its own: of two values of a gauge with the same attributes
 * one is lost.
 */
final class OpenTelemetryLocalPorts implements LocalPortMetrics {
    private static final AttributeKey<String> PORTS = AttributeKey.stringKey("ports");
    private static final AttributeKey<String> DESTINATION = AttributeKey.stringKey("destination");
    private static final AttributeKey<String> STATE = AttributeKey.stringKey("state");
    private static final AttributeKey<Boolean> TIME_WAIT = AttributeKey.booleanKey("time_wait");

    private final Meter meter;
    private final String name;
    private final Set<String> hosts;
    private final LongCounter connected;
    private final LongCounter lostRaces;
    private final LongCounter exhausted;
    private final LongCounter closed;

    /** @param name tells these ports from others of the meter, as the attribute {@code ports} */
    OpenTelemetryLocalPorts(Meter meter, String name, Set<String> hosts) {
        this.name = name;
        this.meter = meter;
        this.hosts = hosts;
        connected = meter.counterBuilder("local_port.connected")
                .setUnit("{connection}")
                .build();
        lostRaces =
                meter.counterBuilder("local_port.lost_races").setUnit("{port}").build();
        exhausted = meter.counterBuilder("local_port.exhausted")
                .setUnit("{connect}")
                .build();
        closed = meter.counterBuilder("local_port.closed")
                .setUnit("{connection}")
                .build();
    }

    /** Shows what there is now, at each collection, until what it returns is closed. */
    BatchCallback watch(LocalPorts ports) {
        ObservableLongMeasurement used =
                meter.upDownCounterBuilder("local_port.used").setUnit("{port}").buildObserver();
        ObservableLongMeasurement free = meter.gaugeBuilder("local_port.free")
                .ofLongs()
                .setUnit("{port}")
                .buildObserver();
        return meter.batchCallback(() -> observe(ports, used, free), used, free);
    }

    private void observe(LocalPorts ports, ObservableLongMeasurement used, ObservableLongMeasurement free) {
        ports.usage().stream()
                .collect(Collectors.groupingBy(usage -> at(usage.destination())))
                .forEach((at, usages) -> {
                    long inUse =
                            usages.stream().mapToLong(DestinationUsage::inUse).sum();
                    long waiting =
                            usages.stream().mapToLong(DestinationUsage::waiting).sum();
                    used.record(inUse, at.toBuilder().put(STATE, "in_use").build());
                    used.record(waiting, at.toBuilder().put(STATE, "time_wait").build());
                    usages.stream()
                            .mapToLong(DestinationUsage::free)
                            .min()
                            .ifPresent(fewest -> free.record(fewest, at));
                });
    }

    private Attributes at(InetSocketAddress destination) {
        String host = destination.getHostString();
        return Attributes.of(PORTS, name, DESTINATION, hosts.contains(host) ? host : "other");
    }

    @Override
    public void connected(InetSocketAddress destination, int candidates) {
        connected.add(1, at(destination));
    }

    @Override
    public void lostRace(InetSocketAddress destination) {
        lostRaces.add(1, at(destination));
    }

    @Override
    public void exhausted(PortsExhaustedException failure) {
        exhausted.add(1, at(failure.destination()));
    }

    @Override
    public void closed(InetSocketAddress destination, boolean waits) {
        closed.add(1, at(destination).toBuilder().put(TIME_WAIT, waits).build());
    }
}
