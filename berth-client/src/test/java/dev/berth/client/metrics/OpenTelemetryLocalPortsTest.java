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
            var instruments = new OpenTelemetryLocalPorts(provider.get("local-ports"), Set.of(Story.PAYMENTS));
            Story.happen(
                    instruments,
                    instruments::watch,
                    () -> assertThat(lines())
                            .containsExactly(
                                    "local_port.closed payments true 1",
                                    "local_port.connected other 1",
                                    "local_port.connected payments 1",
                                    "local_port.exhausted other 1",
                                    "local_port.exhausted payments 1",
                                    "local_port.free other 0",
                                    "local_port.free payments 0",
                                    "local_port.lost_races other 1",
                                    "local_port.used other in_use 1",
                                    "local_port.used other time_wait 0",
                                    "local_port.used payments in_use 0",
                                    "local_port.used payments time_wait 1"));
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
