package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.command.ExitCode;
import dev.berth.cli.json.LabJson;
import dev.berth.lab.Scenarios;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import dev.berth.platform.FakeHostNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with();

    @TempDir
    private Path folder;

    @Test
    void every_scenario_is_listed_with_its_one_line() {
        Ran ran = Ran.on(HOST, "lab");
        assertThat(ran.code()).isEqualTo(ExitCode.OK);
        assertThat(Scenarios.ALL)
                .allSatisfy(scenario -> assertThat(ran.out()).contains(scenario.name(), scenario.summary()));
    }

    @Test
    void a_name_that_is_nearly_one_is_answered_with_that_one() {
        Ran ran = Ran.on(HOST, "lab", "self-conect");
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).isEqualTo("""
                berth: 'self-conect' is not a scenario
                  why   did you mean self-connect?
                  next  berth lab
                """);
        assertThat(Ran.on(HOST, "lab", "SELF-CONNECT").err()).contains("did you mean self-connect?");
        assertThat(Ran.on(HOST, "lab", "xyzzy").err()).contains("the scenarios are ", "self-connect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--keep", "--quick", "--transcript=a.md"})
    void an_option_of_a_scenario_without_one_is_refused(String option) {
        Ran ran = Ran.on(HOST, "lab", option);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains(option.split("=", 2)[0] + " needs a scenario");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--keep", "--transcript=a.md"})
    void an_option_of_a_scenario_is_refused_with_bench(String option) {
        Ran ran = Ran.on(HOST, "lab", "bench", option);
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains(option.split("=", 2)[0] + " goes with a scenario only");
    }

    @Test
    void the_help_lists_each_exit_code_once_and_in_order() {
        assertThat(Ran.on(HOST, "lab", "--help").out()).endsWith("""
                exit codes
                  0  the failure came, and each remedy did what it is said to do
                  1  something did not go as told; with bench --check, a budget is missed
                  2  bad usage or input
                  3  not permitted
                  4  this machine lacks something: nothing was staged, or a part left out
                  70 internal error
                  74 the output could not be written
                """);
    }

    @Test
    void a_transcript_replaces_no_file_and_is_refused_before_anything_is_staged() throws IOException {
        Path file = Files.writeString(folder.resolve("a.md"), "mine");
        Ran ran = Ran.on(HOST, "lab", "self-connect", "--transcript", file.toString());
        assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).contains("exists already");
        assertThat(file).hasContent("mine");

        Ran nowhere = Ran.on(
                HOST,
                "lab",
                "self-connect",
                "--transcript",
                folder.resolve("no/a.md").toString());
        assertThat(nowhere.code()).isEqualTo(ExitCode.USAGE);
        assertThat(nowhere.err()).contains("there is no such directory");
        assertThat(nowhere.out()).isEmpty();
    }

    @Test
    void all_that_was_told_is_in_the_document() throws IOException {
        var table = new Table("Waiting", new Table.Column("wait s", "waitSeconds", 2));
        table.add("before", Double.NaN);
        table.add("after", 0.125);
        var out = new ByteArrayOutputStream();
        LabJson.played(
                out,
                Scenarios.ALL.getFirst(),
                List.of(
                        new Told.Part("A heading"),
                        new Told.Words("Prose."),
                        new Told.Typed("", "true", "", 0),
                        new Told.Typed("router", "false", "no\n", 1),
                        new Told.Claim("one", true),
                        new Told.Claim("two", false),
                        new Told.Skipped("the web server", "nginx is not here"),
                        new Told.Measured(table),
                        new Told.Drawn("fill", "Fill", "<svg/>"),
                        new Told.Kept(List.of("nsenter"), List.of("router"), List.of("kill"))));
        String document = out.toString(StandardCharsets.UTF_8);
        assertThat(Schemas.errors("lab", document)).as(document).isEmpty();
        assertThat(document)
                .contains(
                        "\"held\":false",
                        "{\"kind\":\"typed\",\"machine\":\"router\",\"line\":\"false\",\"output\":\"no\\n\",\"exitCode\":1}",
                        "{\"way\":\"before\",\"values\":{\"waitSeconds\":null}}",
                        "{\"way\":\"after\",\"values\":{\"waitSeconds\":0.125}}",
                        "\"gaps\":[{\"what\":\"the web server\",\"why\":\"nginx is not here\"}]");
    }
}
