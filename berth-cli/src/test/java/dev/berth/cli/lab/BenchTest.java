package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Berth;
import dev.berth.cli.Schemas;
import dev.berth.cli.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchTest {
    private record Ran(int code, String out, String err) {
        static Ran of(String... words) {
            var out = new ByteArrayOutputStream();
            var err = new ByteArrayOutputStream();
            int code =
                    Berth.run(words, new Surroundings(new ByteArrayInputStream(new byte[0]), out, err, Map.of(), null));
            return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }

    @Test
    void a_quick_run_fills_its_tables_in_json_and_on_a_page(@TempDir Path folder) throws IOException {
        Path page = Files.writeString(
                folder.resolve("speed.md"), "Speed\n<!-- bench: begin -->\n<!-- bench: end -->\nby hand\n");
        Ran ran = Ran.of(
                "lab",
                "bench",
                "--quick",
                "--json",
                "--scene",
                "quiet,time-wait-500k,client",
                "--write",
                page.toString());
        Assumptions.assumeFalse(ran.code() == 4 && System.getenv("CI") == null, ran.err());
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(Schemas.errors("lab-bench", ran.out())).as(ran.out()).isEmpty();
        assertThat(ran.out())
                .startsWith("{\"schema\":\"berth.lab-bench/1\",\"rounds\":1,\"quick\":true,")
                .contains(
                        "\"command\":\"hello world\",\"kind\":\"floor\"",
                        "\"what\":\"berth who 1 ÷ hello world\",\"unit\":\"ratio\"",
                        "\"title\":\"1,000 connections in TIME_WAIT\",\"sockets\":1000",
                        "\"what\":\"berth doctor --no-owners, peak memory\",\"unit\":\"mebibytes\"",
                        "\"fill\":\"90 % TIME_WAIT\",\"way\":\"library Socket\"",
                        "{\"what\":\"the budget of typical: all of it\",\"why\":\"the scene was not asked for\"}");
        assertThat(page)
                .content()
                .startsWith(
                        "Speed\n<!-- bench: begin -->\n**A quick run, to see that it runs: the numbers say nothing.**")
                .contains("| `berth who 1` |", "| 90 % TIME_WAIT | library Socket |")
                .endsWith("<!-- bench: end -->\nby hand\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lab bench --scene quite | did you mean quiet?",
                "lab bench --scene nowhere-near | the scenes are quiet, typical,",
                "lab bench --rounds 0 | it takes a whole number from 1 to 1000",
                "lab bench --quick --check | it is there to see that the bench runs",
                "lab bench --scene quiet --write no.md | those of the others would be lost",
                "lab bench --keep | bench leaves nothing to enter",
                "lab bench --write pom.xml | it needs one line <!-- bench: begin -->",
                "lab bench --write no/such/page.md | there is no such page",
                "lab self-connect --check | no scenario takes it",
                "lab --scene quiet | no scenario takes it"
            })
    void what_makes_no_sense_is_refused_before_anything_is_measured(String line, String why) {
        Ran ran = Ran.of(line.split(" ", -1));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
    }
}
