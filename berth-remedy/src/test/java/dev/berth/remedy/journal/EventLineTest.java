package dev.berth.remedy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.diagnosis.Fix;
import dev.berth.net.Cases;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.plan.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventLineTest {
    @Test
    void what_is_written_reads_back_the_same_and_is_one_line() {
        Cases.of(EventLineTest::event).seed(Cases.fresh()).forEach(event -> {
            byte[] line = EventLine.write(event);
            assertThat(new String(line, StandardCharsets.UTF_8).lines()).hasSize(1);
            try {
                assertThat(EventLine.read(line)).isEqualTo(event);
            } catch (MalformedJsonException | EventLine.NewerException e) {
                throw new AssertionError(e);
            }
        });
    }

    @FuzzTest
    void any_line_is_an_event_or_refused(@NotNull byte[] line) {
        try {
            Event event = EventLine.read(line);
            assertThat(EventLine.read(EventLine.write(event))).isEqualTo(event);
        } catch (MalformedJsonException | EventLine.NewerException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "net.ipv4.conf.all.rp_filter|RUNNING|0|1|setting is none that Berth changes",
                "net.ipv4.ip_local_port_range/../../kernel/panic|RUNNING|0|1|setting is none that Berth changes",
                "net.\u001b[31mEVIL|RUNNING|0|1|setting is none that Berth changes",
                "net.ipv4.ip_local_reserved_ports|RUNNING|abc|1|from is nothing that",
                "net.ipv4.ip_local_reserved_ports|PERSISTENT|1|abc|to is nothing that",
                "net.ipv4.ip_local_port_range|RUNNING|'1 2 3'|'1 2'|from is nothing that",
                "net.ipv4.tcp_tw_reuse|RUNNING|'0;'|1|from is nothing that",
                "net.ipv4.tcp_tw_reuse|RUNNING||1|from is nothing that"
            })
    void what_berth_would_not_have_done_is_not_undone_either(
            String setting, Place place, @Nullable String from, String to, String why) {
        var step = new Step(setting, place, from, to, Fix.Risk.LOW, "why", PortSet.EMPTY);
        byte[] line = EventLine.write(new Event.Begun(
                1, Instant.EPOCH, Deaths.ANN, "x", "", new NetworkNamespace(7, null), null, List.of(step)));
        assertThatThrownBy(() -> EventLine.read(line))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(why);
    }

    private static Event event(Random random) {
        int id = 1 + random.nextInt(9);
        Instant at = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        int step = random.nextInt(3);
        return switch (random.nextInt(10)) {
            case 0 ->
                new Event.Begun(
                        id,
                        at,
                        actor(random),
                        text(random),
                        text(random),
                        new NetworkNamespace(random.nextInt(), textOrNull(random)),
                        random.nextBoolean() ? at : null,
                        Stream.generate(() -> step(random)).limit(step).toList());
            case 1 -> new Event.Doing(id, at, step);
            case 2 -> new Event.Done(id, at, step);
            case 3 -> new Event.Failed(id, at, step, text(random), textOrNull(random));
            case 4 -> new Event.Applied(id, at);
            case 5 -> new Event.Confirmed(id, at, actor(random));
            case 6 -> new Event.Undoing(id, at, any(UndoReason.values(), random), actor(random));
            case 7 ->
                new Event.UndoingStep(
                        id, at, step, new Journal.Attempt(text(random), textOrNull(random), textOrNull(random)));
            case 8 -> new Event.UndoneStep(id, at, step, random.nextBoolean(), textOrNull(random));
            default -> new Event.Undone(id, at, random.nextBoolean(), textOrNull(random));
        };
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static Step step(Random random) {
        int port = 1 + random.nextInt(60_000);
        PortSet ports = PortSet.of(new PortRange(port, port + random.nextInt(9)));
        Place place = any(Place.values(), random);
        boolean list = random.nextBoolean();
        return new Step(
                list ? "net.ipv4.ip_local_reserved_ports" : "net.ipv4.tcp_tw_reuse",
                place,
                place == Place.RUNNING ? "1" : list ? null : textOrNull(random), // a person may have written it
                list ? ports.toString() : "2",
                any(Fix.Risk.values(), random),
                text(random),
                ports);
    }

    private static Actor actor(Random random) {
        return new Actor(text(random), textOrNull(random), random.nextInt(), text(random));
    }

    private static @Nullable String textOrNull(Random random) {
        return random.nextInt(3) == 0 ? null : text(random);
    }

    /** Other people's text: line feeds, quotes, terminal escapes, halves of nothing. */
    private static String text(Random random) {
        String letters = "a,1-\n\r\"\\\u001b\u0000\u2028é€{}";
        return random.ints(random.nextInt(6), 0, letters.length())
                .mapToObj(i -> letters.substring(i, i + 1))
                .reduce("", String::concat);
    }
}
