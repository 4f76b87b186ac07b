package dev.berth.diagnosis.suggest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SafePortsTest {
    private static SafePorts safe(Settings settings, String held) {
        return new SafePorts(settings, Protocol.TCP, PortSet.parse(held), RegisteredPorts.shipped());
    }

    private static Objection.Reason against(SafePorts safe, int port) {
        return Objects.requireNonNull(safe.objection(port), "port " + port).reason();
    }

    @Test
    void the_nearest_comes_first_and_of_two_equally_near_the_higher() {
        SafePorts safe = safe(Given.settings("32768-60999", ""), "21000,21003");

        assertThat(safe.nearestTo(21_001).subList(0, 4)).containsExactly(21_001, 21_002, 20_999, 21_004);
    }

    @Test
    void every_objection_is_named_and_its_ports_are_left_out() {
        var policy = new PortPolicy(
                new PortRange(32_768, 60_999),
                PortSet.parse("21010"),
                List.of(),
                List.of(new ExcludedRange(new PortRange(21_020, 21_029), false)),
                1024,
                new PortPolicy.Persistent(new PortRange(61_000, 62_000), "a:1", PortSet.parse("21011"), "a:2"));
        SafePorts safe = safe(Given.settings(policy), "21000");

        assertThat(against(safe, 1000)).isEqualTo(Objection.Reason.PRIVILEGED);
        assertThat(against(safe, 21_000)).isEqualTo(Objection.Reason.HELD);
        assertThat(safe.objection(5432)).isEqualTo(new Objection(Objection.Reason.REGISTERED, "postgresql"));
        assertThat(against(safe, 21_010)).isEqualTo(Objection.Reason.RESERVED);
        assertThat(against(safe, 21_011)).as("by a file").isEqualTo(Objection.Reason.RESERVED);
        assertThat(against(safe, 21_025)).isEqualTo(Objection.Reason.EXCLUDED);
        assertThat(against(safe, 30_000)).isEqualTo(Objection.Reason.NODE_PORT);
        assertThat(against(safe, 32_768)).isEqualTo(Objection.Reason.DYNAMIC);
        assertThat(against(safe, 61_500)).as("after the next start").isEqualTo(Objection.Reason.DYNAMIC);
        assertThat(safe.nearestTo(21_000))
                .isNotEmpty()
                .allSatisfy(port -> assertThat(safe.objection(port)).isNull());
        long without = IntStream.rangeClosed(1, 65_535)
                .filter(port -> safe.objection(port) == null)
                .count();
        assertThat(safe.nearestTo(21_000)).as("and no other").hasSize((int) without);
    }

    @Test
    void a_privileged_port_is_never_offered_wherever_privilege_ends() {
        var strict = new PortPolicy(
                new PortRange(32_768, 60_999),
                PortSet.EMPTY,
                List.of(),
                List.of(),
                5000,
                PortPolicy.Persistent.NOTHING);
        var open = new PortPolicy(
                new PortRange(32_768, 60_999), PortSet.EMPTY, List.of(), List.of(), 0, PortPolicy.Persistent.NOTHING);

        assertThat(safe(Given.settings(strict), "").nearestTo(1)).first().matches(port -> port >= 5000);
        assertThat(safe(Given.settings(open), "").nearestTo(1)).first().matches(port -> port >= 1024);
    }

    @Test
    void a_range_without_an_outside_leaves_only_ports_to_be_reserved() {
        Settings settings = Given.settings("1024-65535", "");
        SafePorts safe = safe(settings, "8080");

        assertThat(safe.nearestTo(8080)).isEmpty();
        assertThat(safe.nearestToInDynamicRange(8080)).first().isEqualTo(8079);
        var one = List.of(new Suggestions.Suggestion(8079, true, true));
        assertThat(Suggestions.reservation(one, Protocol.TCP, settings))
                .extracting(Fix::command)
                .first()
                .isEqualTo("berth reserve 8079");
        var blue = Given.inside(new NetworkNamespace(7, "blue"), settings);
        assertThat(Suggestions.reservation(one, Protocol.TCP, blue))
                .extracting(Fix::command)
                .containsExactly("berth reserve 8079 --netns blue");
    }
}
