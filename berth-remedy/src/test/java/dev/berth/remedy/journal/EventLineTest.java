package dev.berth.remedy.journal;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    private static Event event(Random random) {
        int id = 1 + random.nextInt(9);
        Instant at = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
        int step = random.nextInt(3);
        return switch (random.nextInt(11)) {
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
            case 4 -> new Event.Applied(id, at, random.nextBoolean() ? at : null);
            case 5 -> new Event.Confirmed(id, at, actor(random));
            case 6 -> new Event.Undoing(id, at, any(UndoReason.values(), random), actor(random));
            case 7 ->
                new Event.UndoingStep(
                        id, at, step, new Journal.Attempt(text(random), textOrNull(random), textOrNull(random)));
            case 9 -> new Event.Owed(id, at, step, text(random));
            case 8 -> new Event.UndoneStep(id, at, step, random.nextBoolean(), textOrNull(random));
            default -> new Event.Undone(id, at, random.nextBoolean(), textOrNull(random));
        };
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static Step step(Random random) {
        int port = 1 + random.nextInt(60_000);
        return new Step(
                text(random),
                any(Place.values(), random),
                textOrNull(random),
                textOrNull(random),
                any(Fix.Risk.values(), random),
                text(random),
                PortSet.of(new PortRange(port, port + random.nextInt(9))));
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
