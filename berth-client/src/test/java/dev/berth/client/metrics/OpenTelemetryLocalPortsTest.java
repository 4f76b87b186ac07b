package dev.berth.client.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpenTelemetryLocalPortsTest {
    private final InMemoryMetricReader reader = InMemoryMetricReader.create();

    @Test
    void every_instrument_shows_what_happened_to_local_ports() throws Exception {
        try (var provider =
                SdkMeterProvider.builder().registerMetricReader(reader).build()) {
            var instruments = new OpenTelemetryLocalPorts(provider.get("local-ports"), "first", Set.of(Story.PAYMENTS));
            Story.happen(
                    instruments,
                    instruments::watch,
                    () -> assertThat(lines())
                            .containsExactly(
                                    "local_port.closed payments first true 1",
                                    "local_port.connected other first 1",
                                    "local_port.connected payments first 1",
                                    "local_port.exhausted other first 1",
                                    "local_port.exhausted payments first 1",
                                    "local_port.free other first 0",
                                    "local_port.free payments first 0",
                                    "local_port.lost_races other first 1",
                                    "local_port.used other first in_use 1",
                                    "local_port.used other first time_wait 0",
                                    "local_port.used payments first in_use 0",
                                    "local_port.used payments first time_wait 1"));
        }
    }

    @Test
    void two_instances_are_told_apart() throws Exception {
        try (var provider =
                SdkMeterProvider.builder().registerMetricReader(reader).build()) {
            Story.ofTwo(
                    name -> {
                        var instruments = new OpenTelemetryLocalPorts(provider.get("local-ports"), name, Set.of());
                        return new Story.Watched(instruments, instruments::watch);
                    },
                    () -> assertThat(lines())
                            .contains(
                                    "local_port.connected other first 1",
                                    "local_port.connected other second 2",
                                    "local_port.free other first 1",
                                    "local_port.free other second 0",
                                    "local_port.used other first in_use 1",
                                    "local_port.used other second in_use 2"));
        }
    }

    /** Name, values of attributes, value. */
    private List<String> lines() {
        return reader.collectAllMetrics().stream()
                .flatMap(metric -> Stream.concat(
                                metric.getLongSumData().getPoints().stream(),
                                metric.getLongGaugeData().getPoints().stream())
                        .map(point -> metric.getName() + " " + values(point.getAttributes()) + " " + point.getValue()))
                .sorted()
                .toList();
    }

    private static String values(Attributes attributes) {
        return attributes.asMap().values().stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
