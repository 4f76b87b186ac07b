package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.command.Surroundings;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with("0.0.0.0:80 LISTEN apache2(42)");
    private static final String NGINX =
            "2026/01/01 00:00:00 [emerg] 1#1: bind() to 0.0.0.0:80 failed (98: Address already in use)\n";

    @TempDir
    private Path folder;

    private static Ran piped(String log, String... words) {
        return Ran.typing(log, FakeHostProvider.of(HOST), Map.of(), words);
    }

    @Test
    void a_log_that_is_piped_in_is_explained_on_this_host() {
        Ran ran = piped(NGINX, "explain");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("nginx cannot bind 0.0.0.0:80: EADDRINUSE (98)\n")
                .contains("  here   tcp 80 is not available: apache2 (42) listens on it.\n");
    }

    @Test
    void a_line_that_is_given_is_explained() {
        Ran ran = Ran.on(HOST, "explain", "--no-host", "--line", "bind: Address already in use");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("A program cannot bind its port: EADDRINUSE\n  line   bind: Address already in use\n")
                .contains("  here   not asked: --no-host was given\n");
    }

    @Test
    void a_log_without_an_incident_says_how_much_was_read() {
        assertThat(piped("all is well\nand stays so\n", "explain"))
                .isEqualTo(new Ran(0, "No line tells of a port that was not to be had (2 lines read).\n", ""));
        assertThat(piped("", "explain", "-"))
                .isEqualTo(new Ran(0, "No line tells of a port that was not to be had (0 lines read).\n", ""));
    }

    @Test
    void several_files_have_their_own_incidents() throws Exception {
        Path first = Files.writeString(folder.resolve("first.log"), NGINX);
        Path second = Files.writeString(folder.resolve("second.log"), "nothing\n" + NGINX.replace(":80 ", ":81 "));
        Ran ran = Ran.on(HOST, "explain", "--no-host", first.toString(), second.toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out())
                .containsSubsequence(
                        "── " + first + " ──\n",
                        "nginx cannot bind 0.0.0.0:80",
                        "── " + second + " ──\n",
                        "nginx cannot bind 0.0.0.0:81");
    }

    @Test
    void a_text_in_letters_of_one_byte_is_found_by_what_is_ascii_in_it() throws Exception {
        Path log = Files.write(
                folder.resolve("app.log"), "bind: Adresse déjà utilisée\n".getBytes(Charset.forName("windows-1252")));
        Ran ran = Ran.on(HOST, "explain", "--no-host", log.toString());
        assertThat(ran.out())
                .startsWith("A program cannot bind its port: EADDRINUSE\n")
                .contains("windows-1252");
    }

    @Test
    void a_file_that_cannot_be_read_takes_nothing_from_the_others() throws Exception {
        Path log = Files.writeString(folder.resolve("app.log"), NGINX);
        Path missing = folder.resolve("missing.log");
        Ran ran = Ran.on(HOST, "explain", "--no-host", folder.toString(), log.toString(), missing.toString());
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).contains("nginx cannot bind 0.0.0.0:80");
        assertThat(ran.err()).contains(missing.toString(), folder.toString());
        assertThat(Ran.on(HOST, "explain", missing.toString()).out()).isEmpty();
    }

    @Test
    void whoever_types_is_told_how_to_end() {
        Ran ran = Ran.typing(NGINX, FakeHostProvider.of(HOST).onTerminal(80), Map.of(), "explain", "--no-host");
        assertThat(ran.err()).isEqualTo("paste the lines, then Ctrl-D\n");
        assertThat(ran.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void a_file_that_may_not_be_read_is_its_owners() throws Exception {
        Path file = Files.writeString(folder.resolve("app.log"), NGINX);
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");
        assertThat(Ran.on(HOST, "explain", file.toString()).code()).isEqualTo(3);
    }

    @Test
    void a_system_that_berth_does_not_know_is_not_asked() {
        var out = new ByteArrayOutputStream();
        var in = new ByteArrayInputStream(NGINX.getBytes(StandardCharsets.UTF_8));
        int code = Berth.run(
                new String[] {"explain"}, new Surroundings(in, out, new ByteArrayOutputStream(), Map.of(), null));
        assertThat(code).isEqualTo(1);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("  here   not asked: berth knows Linux and Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json"})
    void nothing_of_a_log_steers_the_terminal_or_tells_a_secret(String option) {
        String line = "bind to 0.0.0.0:80 failed: Address already in use \u001b[31m\u009b2J\u202e\u2066\u0007\u007f"
                + " password=hunter2 amqp://shop:s3cret@mq:5672/\n";
        Ran ran = piped(line, ("explain --no-host " + option).strip().split(" ", -1));
        assertThat(ran.out())
                .doesNotContain("hunter2", "s3cret")
                .doesNotContain("\u001b", "\u009b", "\u202e", "\u2066", "\u0007", "\u007f")
                .contains("\\u009b", "\\u202e", "password=***", "shop:***@mq:5672");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "explain --no-host", "explain --no-probe"})
    void the_document_keeps_to_its_schema(String line) throws Exception {
        Ran ran = piped("nothing\n" + NGINX + NGINX, (line + " --json").split(" ", -1));
        assertThat(Schemas.errors("explain", ran.out())).as(ran.out()).isEmpty();
        assertThat(ran.out())
                .startsWith("{\"schema\":\"berth.explain/1\",\"lines\":3,\"incidents\":[{\"product\":\"nginx\","
                        + "\"operation\":\"bind\",\"errno\":{\"name\":\"EADDRINUSE\",\"number\":98},"
                        + "\"local\":{\"address\":\"0.0.0.0\",\"port\":80},")
                .contains("\"count\":2,\"firstLine\":2,\"lastLine\":3,\"firstAt\":\"")
                .doesNotContain("\"remote\":{", "\"guessedPort\"")
                .endsWith("\"gaps\":[]}\n");
    }

    @Test
    void what_was_written_before_is_left_out() {
        String old = NGINX.replace(":80 ", ":81 ").replace("2026/", "2024/");
        assertThat(piped(old + NGINX, "explain", "--no-host", "--since", "2025-06-01")
                        .out())
                .contains("0.0.0.0:80")
                .doesNotContain("0.0.0.0:81");
        assertThat(piped(old, "explain", "--no-host", "--since", "1w").code()).isZero();
    }

    @Test
    void a_log_from_another_day_is_not_the_state_of_the_host() {
        assertThat(piped(NGINX, "explain").out())
                .containsPattern("This is how the host is now; the last of these lines was written \\d+ days ago\\.");
    }
}
