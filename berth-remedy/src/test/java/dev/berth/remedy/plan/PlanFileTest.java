package dev.berth.remedy.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.diagnosis.Fix;
import dev.berth.net.Cases;
import dev.berth.platform.Gap;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.json.MalformedJsonException;
import dev.berth.remedy.log.Actor;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileTest {
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";

    @Test
    void what_is_written_reads_back_the_same() {
        Cases.of(PlanFileTest::plan).seed(Cases.fresh()).forEach(file -> {
            var line = new ByteArrayOutputStream();
            file.write(line);
            var folded = new ByteArrayOutputStream();
            file.writeFolded(folded);
            assertThat(line.toString(StandardCharsets.UTF_8).lines()).hasSize(1);
            try {
                assertThat(PlanReader.read(line.toByteArray())).isEqualTo(file);
                assertThat(PlanReader.read(folded.toByteArray())).isEqualTo(file);
            } catch (MalformedJsonException e) {
                throw new AssertionError(e);
            }
        });
    }

    @FuzzTest
    void any_text_is_a_plan_or_refused(@NotNull byte[] text) {
        try {
            for (Step step : PlanReader.read(text).plan().steps()) {
                assertThat(SettingRules.isOne(step.setting())).isTrue();
            }
        } catch (MalformedJsonException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Test
    void every_other_port_of_all_fits_into_a_plan() throws Exception {
        var ports = new StringBuilder("1");
        for (int port = 3; port <= 65_535; port += 2) {
            ports.append(',').append(port);
        }
        var steps = new ArrayList<Step>();
        for (Place place : Place.values()) {
            steps.add(new Step(RESERVED, place, "1,3", ports.toString(), Fix.Risk.LOW, "a test wants it"));
        }
        var out = new ByteArrayOutputStream();
        var file = file(steps);
        file.writeFolded(out);
        assertThat(PlanReader.read(out.toByteArray())).isEqualTo(file);
    }

    @Test
    void what_is_larger_than_any_plan_is_not_read() {
        assertThatThrownBy(() -> PlanReader.read(new byte[PlanReader.LARGEST_BYTES + 1]))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("larger than any plan");
    }

    @Test
    void what_berth_would_not_plan_it_does_not_read() {
        assertRefused(step("net.ipv4.tcp_tw_reuse", "0", "7"), "is no value that Berth gives it");
        assertRefused(
                step("net.ipv4.ip_local_port_range", "32768 60999", "60999 32768"), "is no value that Berth gives it");
        assertRefused(
                step("net.ipv4.ip_local_port_range", "32768 60999", "0 60999"), "is no value that Berth gives it");
        assertRefused(step("net.ipv4.ip_forward", "0", "1"), "none that Berth changes");
        assertRefused(step(RESERVED, "1433", "1433-1433"), "the same as from");
        for (String setting : List.of("net.ipv4.ip_local_port_range", "net.ipv4.tcp_tw_reuse")) {
            var taken = new Step(setting, Place.PERSISTENT, "1", null, Fix.Risk.LOW, "a test wants it");
            assertRefused(taken, "'null' is no value that Berth gives it");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"schema\"|{\"surprise\":1,\"schema\"|surprise: no plan has that",
                "{\"user\"|{\"evil\":1,\"user\"|madeBy.evil: no plan has that",
                "{\"inode\"|{\"zzz\":1,\"inode\"|netns.zzz: no plan has that",
                "{\"setting\"|{\"too\":1,\"setting\"|steps[0].too: no plan has that",
                "{\"what\"|{\"where\":1,\"what\"|gaps[0].where: no plan has that",
                "\"sudoUser\":null|\"sudoUser\":\"LONG\"|madeBy.sudoUser: longer than",
                "\"name\":null|\"name\":\"LONG\"|netns.name: longer than",
                "\"a note\"|\"LONG\"|notes: longer than",
                "\"a note\"|MANY|notes: more than any plan has"
            })
    void what_berth_does_not_know_or_would_not_say_is_refused_with_its_place(String part, String instead, String why) {
        var out = new ByteArrayOutputStream();
        var plan = new Plan(new NetworkNamespace(7, null), List.of(step(RESERVED, "80", "80,90")), List.of("a note"));
        new PlanFile(
                        plan,
                        "reserve 90",
                        Instant.EPOCH,
                        new Actor("root", null, 0, "1"),
                        "host",
                        false,
                        List.of(new Gap("a", "b")))
                .write(out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(text).contains(part);
        String changed = text.replace(
                part, instead.replace("LONG", "x".repeat(3_000)).replace("MANY", "\"\",".repeat(1_000) + "\"\""));
        assertThatThrownBy(() -> PlanReader.read(changed.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining(why);
    }

    @Test
    void what_a_person_wrote_into_berths_file_can_be_planned_from() throws Exception {
        var out = new ByteArrayOutputStream();
        PlanFile file = file(List.of(
                new Step("net.ipv4.tcp_tw_reuse", Place.PERSISTENT, "yes # é", "1", Fix.Risk.LOW, "a test wants it")));
        file.write(out);
        assertThat(PlanReader.read(out.toByteArray())).isEqualTo(file);
    }

    private static Step step(String setting, String from, String to) {
        return new Step(setting, Place.RUNNING, from, to, Fix.Risk.LOW, "a test wants it");
    }

    private static void assertRefused(Step step, String why) {
        var out = new ByteArrayOutputStream();
        file(List.of(step)).write(out);
        assertThatThrownBy(() -> PlanReader.read(out.toByteArray()))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("steps[0]")
                .hasMessageContaining(why);
    }

    private static PlanFile file(List<Step> steps) {
        var plan = new Plan(new NetworkNamespace(7, null), steps, List.of());
        return new PlanFile(
                plan, "reserve 1433", Instant.EPOCH, new Actor("root", null, 0, "1"), "host", false, List.of());
    }

    private static PlanFile plan(Random random) {
        var steps = new ArrayList<Step>();
        for (Place place : Place.values()) {
            if (random.nextBoolean()) {
                @Nullable String from = place == Place.PERSISTENT && random.nextBoolean() ? null : "8080-8090";
                int port = 1 + random.nextInt(8_000);
                steps.add(new Step(RESERVED, place, from, port + ",8080-8090", risk(random), "w\u001b\"hy"));
            }
            if (random.nextBoolean()) {
                steps.add(new Step(
                        "net.ipv4.ip_local_port_range",
                        place,
                        "32768 60999",
                        1024 + random.nextInt(9_000) + " 60999",
                        risk(random),
                        "ä"));
            }
            if (random.nextBoolean()) {
                steps.add(new Step("net.ipv4.tcp_tw_reuse", place, "2", "" + random.nextInt(2), risk(random), "why"));
            }
        }
        var plan = new Plan(
                new NetworkNamespace(random.nextInt(), random.nextBoolean() ? null : "blue"),
                steps,
                random.nextBoolean() ? List.of() : List.of("a note", "\n"));
        var actor = new Actor("root", random.nextBoolean() ? null : "ann", 0, "1");
        return new PlanFile(
                plan,
                "x",
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                actor,
                "h",
                random.nextBoolean(),
                random.nextBoolean() ? List.of() : List.of(new Gap("what\u001b", "why")));
    }

    private static Fix.Risk risk(Random random) {
        return random.nextBoolean() ? Fix.Risk.LOW : Fix.Risk.HIGH;
    }
}
