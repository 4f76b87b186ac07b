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
        var meters = new MicrometerLocalPorts(registry, "first", Set.of(Story.PAYMENTS));
        Story.happen(
                meters,
                meters::watch,
                () -> assertThat(lines())
                        .containsExactly(
                                "local.ports.closed payments first true 1",
                                "local.ports.connected other first 1",
                                "local.ports.connected payments first 1",
                                "local.ports.exhausted other first 1",
                                "local.ports.exhausted payments first 1",
                                "local.ports.free other first 0",
                                "local.ports.free payments first 0",
                                "local.ports.lost.races other first 1",
                                "local.ports.used other first in_use 1",
                                "local.ports.used other first time_wait 0",
                                "local.ports.used payments first in_use 0",
                                "local.ports.used payments first time_wait 1"));
    }

    @Test
    void two_instances_are_told_apart() throws Exception {
        Story.ofTwo(
                name -> {
                    var meters = new MicrometerLocalPorts(registry, name, Set.of());
                    return new Story.Watched(meters, meters::watch);
                },
                () -> assertThat(lines())
                        .contains(
                                "local.ports.connected other first 1",
                                "local.ports.connected other second 2",
                                "local.ports.free other first 1",
                                "local.ports.free other second 0",
                                "local.ports.used other first in_use 1",
                                "local.ports.used other second in_use 2"));
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
