package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.command.CommandSpec;
import dev.berth.cli.command.Commands;
import dev.berth.cli.command.OptionSpec;
import dev.berth.platform.Build;
import dev.berth.platform.FakeHostNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ManTest {
    @TempDir
    private Path folder;

    private static Ran man(String... arguments) {
        var words = new ArrayList<>(List.of("man"));
        words.addAll(List.of(arguments));
        return Ran.on(FakeHostNetwork.with(), words.toArray(String[]::new));
    }

    /** As a terminal of 80 columns shows it, of which man(1) takes 78; the formatter complains of nothing. */
    private String formatted(String page) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(Path.of("/usr/bin/groff"));
        assumeTrue(installed || System.getenv("CI") != null, "groff is not installed"); // there it fails
        Path file = Files.writeString(folder.resolve("page"), page);
        var groff = new ProcessBuilder("groff", "-man", "-ww", "-Tascii", "-rLL=78n", "-P-cbou", file.toString());
        Path complaints = folder.resolve("complaints");
        var process = groff.redirectError(complaints.toFile()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(process.waitFor()).isZero();
        assertThat(complaints).hasContent("");
        return said;
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void a_page_is_readable_at_eighty_columns() throws Exception {
        List<String> lines = formatted(man("who").out()).strip().lines().toList();
        assertThat(lines.getFirst()).startsWith("BERTH-WHO(1) ");
        assertThat(lines.getLast()).startsWith("Berth " + Build.here().version() + " ");
        assertThat(String.join("\n", lines.subList(1, lines.size() - 1)).strip())
                .isEqualTo("""
                NAME
                       berth-who - who holds a port, as fast as the system tells

                SYNOPSIS
                       berth who PORT [options]

                OPTIONS
                       --protocol tcp|udp
                              tcp unless given

                       --json write one JSON document instead of text

                       --from FILE
                              read a capture instead of this host

                       --netns NAME|PID|all
                              look into another network namespace (Linux)

                       --color auto|always|never
                              colour the output; NO_COLOR is honoured

                       --debug
                              show where an error came from

                       -h, --help
                              show this help

                EXAMPLES
                       berth who 8080
                              who has TCP port 8080?

                       berth who 53 --protocol udp --json
                              the same for UDP, as JSON

                EXIT STATUS
                       0      nobody holds it

                       1      somebody does

                       2      bad usage or input

                       3      not permitted

                       4      not possible on this system

                       70     internal error

                       74     the output could not be written

                SEE ALSO
                       berth(1)""");
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void every_page_is_formatted_without_a_warning_and_has_all_that_the_help_has() throws Exception {
        for (String name : Commands.NAMES) {
            String page = formatted(man(name).out());
            CommandSpec spec = Commands.spec(name);
            assertThat(page.lines()).as(name).allMatch(line -> line.length() <= 80);
            assertThat(words(page)).contains("berth-" + name + " - " + words(spec.summary()), words(spec.usage()));
            for (OptionSpec option : spec.allOptions()) {
                String value = option.value() == null ? "" : " " + option.value();
                assertThat(words(page)).contains(words("--" + option.name() + value + " " + option.description()));
            }
            for (CommandSpec.Example example : spec.examples()) {
                assertThat(words(page)).contains(words(example.line()) + " " + words(example.meaning()));
            }
            for (String exit : spec.exits()) {
                assertThat(words(page)).contains(words(exit));
            }
        }
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void the_page_of_berth_names_every_command_its_files_and_what_it_reads_of_the_environment() throws Exception {
        String page = words(formatted(man().out()));
        for (String name : Commands.NAMES) {
            assertThat(page).contains(name + " " + words(Commands.spec(name).summary()), "berth-" + name + "(1)");
        }
        assertThat(page)
                .contains("/etc/berth/berth.yaml", "/etc/sysctl.d/zz-berth.conf", "/var/lib/berth/changes.jsonl")
                .contains("74 the output could not be written");
        String environment = page.substring(page.indexOf("ENVIRONMENT"), page.indexOf("EXIT STATUS"));
        List<String> variables = Stream.of(environment.split(" "))
                .filter(word -> word.matches("[A-Z]+(_[A-Z]+)+|PATH|TERM"))
                .toList();
        assertThat(variables).contains("BERTH_STATE", "NO_COLOR");
        String sources = sources();
        assertThat(variables).allMatch(variable -> sources.contains('"' + variable + '"'));
    }

    private static String sources() throws IOException {
        var text = new StringBuilder();
        for (String room : List.of("cli", "remedy", "linux")) {
            try (Stream<Path> files = Files.walk(Path.of("..", "berth-" + room, "src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!file.endsWith("ManPage.java")) {
                        text.append(Files.readString(file));
                    }
                }
            }
        }
        return text.toString();
    }

    /** However its lines are broken, and with the dots that every terminal has. */
    private static String words(String text) {
        return text.replace("…", "...").strip().replaceAll("\\s+", " ");
    }

    @Test
    void pages_are_written_as_files_and_written_again() throws Exception {
        Path into = folder.resolve("share/man1");
        for (int times = 1; times <= 2; times++) {
            Ran ran = man("--into", into.toString());
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out().lines()).hasSize(Commands.NAMES.size() + 1);
        }
        assertThat(into.resolve("berth.1")).hasContent(man().out());
        assertThat(into.resolve("berth-why.1")).hasContent(man("why").out());
        try (Stream<Path> files = Files.list(into)) {
            assertThat(files).hasSize(Commands.NAMES.size() + 1);
        }
    }

    @Test
    void one_page_is_written_where_one_is_named() throws Exception {
        assertThat(man("why", "--into", folder.toString()).out()).isEqualTo(folder.resolve("berth-why.1") + "\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_file_is_no_folder_to_write_pages_into() throws Exception {
        Path file = Files.writeString(folder.resolve("notes"), "mine");
        for (Path into : List.of(file, file.resolve("man1"))) {
            Ran ran = man("--into", into.toString());
            assertThat(ran.code()).isEqualTo(2);
            assertThat(ran.err()).startsWith("berth: --into " + into + " names no folder\n");
        }
        assertThat(file).hasContent("mine");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_full_disk_leaves_no_page_half_written() throws Exception {
        Path into = Files.createDirectory(folder.resolve("man1"));
        assertThat(man("--into", into.toString()).code()).isZero();
        String script = """
                ulimit -f 1
                exec "$0" -XX:-UsePerfData -cp "$1" dev.berth.cli.Main man --into "$2"
                """;
        String java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        var full = new ProcessBuilder("sh", "-c", script, java, System.getProperty("java.class.path"), into.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(full.inputReader().readAllAsString()).contains("berth: cannot write " + into);
        assertThat(full.waitFor()).isEqualTo(74);
        assertThat(into.resolve("berth.1")).hasContent(man().out());
        assertThat(man("--into", into.toString()).code()).isZero();
    }

    @Test
    void a_page_that_somebody_else_wrote_stays_and_nothing_is_written() throws Exception {
        Path foreign = Files.writeString(folder.resolve("berth-who.1"), ".TH WHO 1\n");
        Ran ran = man("--into", folder.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("berth: " + foreign + " exists already\n");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(foreign);
        }
    }
}
