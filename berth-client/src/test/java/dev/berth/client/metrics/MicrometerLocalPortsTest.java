package dev.berth.client.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class MicrometerLocalPortsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void every_meter_shows_what_happened_to_local_ports() throws Exception {
        var meters = new MicrometerLocalPorts(registry, Set.of(Story.PAYMENTS));
        Story.happen(
                meters,
                meters::watch,
                () -> assertThat(lines())
                        .containsExactly(
                                "local.ports.closed payments true 1",
                                "local.ports.connected other 1",
                                "local.ports.connected payments 1",
                                "local.ports.exhausted other 1",
                                "local.ports.exhausted payments 1",
                                "local.ports.free other 0",
                                "local.ports.free payments 0",
                                "local.ports.lost.races other 1",
                                "local.ports.used other in_use 1",
                                "local.ports.used other time_wait 0",
                                "local.ports.used payments in_use 0",
                                "local.ports.used payments time_wait 1"));
    }

    /** Name, tag values, value. */
    private List<String> lines() {
        return registry.getMeters().stream()
                .map(MicrometerLocalPortsTest::line)
                .sorted()
                .toList();
    }

    private static String line(Meter meter) {
        String tags = meter.getId().getTags().stream().map(Tag::getValue).collect(Collectors.joining(" "));
        double value = StreamSupport.stream(meter.measure().spliterator(), false)
                .mapToDouble(Measurement::getValue)
                .sum();
        return "%s %s %.0f".formatted(meter.getId().getName(), tags, value);
    }
}
