package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import dev.berth.windows.wine.Wine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Berth on a Windows JVM, asked about real sockets: docs/decisions/0014-windows-under-wine.md has what Wine shows of them. What it
 * prints goes to this test's own output.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WindowsUnderWineTest {
    private static final int WINDOWS_PORT = 1433;
    private static final int LINUX_PORT = 8080;
    private static final int FREE_PORT = 9999;

    @TempDir
    private static Path temporary;

    private final Stage stage = new Stage();
    private final Map<String, Wine.Ended> answers = new HashMap<>();
    private Wine wine;
    private Process holder;
    private Process prompt;
    private BufferedReader replies;
    private int clientPort;
    private Path folder;

    WindowsUnderWineTest() throws Exception {}

    /** A process of Windows: it listens, and is a client of a process of Linux, until its input ends. */
    static final class Holder {
        private Holder() {}

        @SuppressWarnings("SystemOut") // it is all that the test sees of it
        public static void main(String[] arguments) throws IOException {
            try (var listener = ServerSocketChannel.open();
                    var client = SocketChannel.open(Stage.at(Stage.LOOPBACK, LINUX_PORT))) {
                listener.bind(Stage.at("0.0.0.0", WINDOWS_PORT));
                System.out.println("holds " + client.socket().getLocalPort());
                System.in.read();
            }
        }
    }

    @BeforeAll
    void hold() throws Exception {
        stage.listener(Stage.LOOPBACK, LINUX_PORT);
        wine = Wine.within(stage.within());
        folder = Files.createDirectory(temporary.resolve("a folder with spaces"));
        holder = wine.builder(wine.command(Wine.classPath(), Holder.class)).start();
        var said = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("holds ")) {
            line = said.readLine();
        }
        assertThat(line).as("the process of Windows holds its sockets").isNotNull();
        clientPort = Integer.parseInt(line.split(" ", -1)[1]);
        prompt = wine.in(folder)
                .builder(wine.commandWithoutRandomNumbers(Wine.classPath(), Prompt.class))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        replies = new BufferedReader(new InputStreamReader(prompt.getInputStream(), StandardCharsets.UTF_8));
    }

    @AfterAll
    void letGo() throws Exception {
        for (Process process :
                Stream.of(holder, prompt).filter(Objects::nonNull).toList()) {
            process.getOutputStream().close();
            process.waitFor();
        }
        if (wine != null) {
            wine.close();
        }
        stage.close();
    }

    @Test
    void doctor_examines_it() throws Exception {
        Answer doctor = ask("doctor");
        assertThat(doctor.code()).isBetween(0, 1);
        assertThat(doctor.at("/counts/LISTEN").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(doctor.texts("/gaps", "/what")).as("netsh prints nothing").contains("the dynamic range");
    }

    /** Wine's tables name no owner; that a listener has none is what they say, and Berth guesses none. */
    @ParameterizedTest
    @ValueSource(ints = {WINDOWS_PORT, LINUX_PORT})
    void a_listener_is_found_whoever_made_it(int port) throws Exception {
        Answer who = ask("who " + port);
        assertThat(who.code()).isEqualTo(1);
        assertThat(who.text("/holders/0/cause")).isEqualTo("listener");
        assertThat(who.at("/holders/0/process").isNull()).isTrue();
        assertThat(who.text("/holders/0/noProcess")).isEqualTo("notNamed");
    }

    @ParameterizedTest
    @ValueSource(ints = {WINDOWS_PORT, LINUX_PORT})
    void why_proves_a_held_port_through_winsock(int port) throws Exception {
        Answer why = ask("why " + port);
        assertThat(why.code()).isEqualTo(1);
        assertThat(why.text("/verdict")).isEqualTo("listener");
        assertThat(why.texts("/proof", "/errno/name")).isNotEmpty().isSubsetOf("WSAEADDRINUSE", "WSAEACCES");
    }

    @Test
    void why_shows_the_client_that_was_given_a_port() throws Exception {
        assertThat(ask("why " + clientPort).texts("/holders", "/cause")).containsExactly("client");
    }

    @Test
    void why_proves_a_free_port() throws Exception {
        Answer why = ask("why " + FREE_PORT);
        assertThat(why.code()).isZero();
        assertThat(why.text("/verdict")).isEqualTo("free");
        assertThat(why.texts("/proof", "/result")).isNotEmpty().containsOnly("bound");
    }

    @Test
    void list_shows_both() throws Exception {
        Answer list = ask("list state=LISTEN");
        assertThat(list.code()).isZero();
        assertThat(list.texts("/sockets", "/local/port"))
                .contains(String.valueOf(WINDOWS_PORT), String.valueOf(LINUX_PORT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ranges", "capacity", "map"})
    void what_netsh_does_not_tell_is_a_gap(String command) throws Exception {
        Answer answer = ask(command);
        assertThat(answer.code()).isZero();
        assertThat(answer.texts("/gaps", "/what")).contains("the dynamic range");
    }

    @Test
    void no_port_is_called_safe_where_the_dynamic_range_is_unknown() throws Exception {
        Wine.Ended suggest = type("suggest");
        assertThat(suggest.exit()).isEqualTo(4);
        assertThat(suggest.complaint()).contains("berth: cannot tell which ports are safe", "  next  ");
    }

    @Test
    void a_capture_gives_the_same_verdicts_on_linux() throws Exception {
        assertThat(type("capture", "-o", "this host.berth").exit()).isZero();
        List<String> scrub = wine.command(
                Wine.classPath(), Main.class, "capture", "--scrub", "-o", "scrubbed.berth"); // makes a secret
        assertThat(wine.in(folder).run(scrub).exit()).isZero();
        for (String port : List.of("1433", "8080", "9999", String.valueOf(clientPort))) {
            Answer there = ask("why " + port + " --no-probe");
            Answer here = onLinux("this host.berth", "why", port);
            assertThat(here.at("/holders")).isEqualTo(there.at("/holders"));
            for (Answer answer : List.of(here, onLinux("scrubbed.berth", "why", port))) {
                assertThat(answer.text("/verdict")).isEqualTo(there.text("/verdict"));
                assertThat(answer.code()).isEqualTo(there.code());
                assertThat(answer.texts("/holders", "/cause")).isEqualTo(there.texts("/holders", "/cause"));
            }
        }
        for (String command : List.of("ranges", "doctor", "list", "capacity", "map")) {
            Answer there = ask(command);
            Answer here = onLinux("this host.berth", command);
            assertThat(here.code()).as(command).isEqualTo(there.code());
            assertThat(here.texts("/findings", "/id")).isEqualTo(there.texts("/findings", "/id"));
            assertThat(here.texts("/sockets", "/local/port")).isEqualTo(there.texts("/sockets", "/local/port"));
            assertThat(here.at("/tcp")).isEqualTo(there.at("/tcp"));
        }
    }

    @Test
    void a_value_of_the_registry_is_set_and_taken_back() throws Exception {
        assertThat(maxUserPort()).doesNotContain("0xfffe");
        Wine.Ended plan = type("plan", "registry", "set", "MaxUserPort", "65534", "-o", "registry.plan");
        assertThat(plan.exit()).as(plan.complaint()).isEqualTo(1);
        Wine.Ended set = berth("apply", "registry.plan", "--yes");
        assertThat(set.exit()).as(set.complaint()).isZero();
        assertThat(maxUserPort()).contains("0xfffe");
        assertThat(type("changes", "1").output()).contains("MaxUserPort");
        Wine.Ended back = berth("rollback", "--yes");
        assertThat(back.exit()).as(back.complaint()).isZero();
        assertThat(maxUserPort()).doesNotContain("0xfffe");
    }

    private String maxUserPort() throws Exception {
        String key = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters";
        return wine.run(List.of("reg", "query", key, "/v", "MaxUserPort")).output();
    }

    @ParameterizedTest
    @ValueSource(strings = {"who 1433 --netns blue", "doctor --netns all", "ranges --netns all", "reuse on --yes"})
    void what_windows_does_not_have_is_refused(String line) throws Exception {
        Wine.Ended refused = type(line.split(" ", -1));
        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.complaint())
                .contains("berth: ", "  why   ", "  next  ")
                .doesNotContain("net.ipv4");
    }

    @Test
    void what_is_piped_is_plain() throws Exception {
        for (String command : List.of("doctor", "who 1433")) {
            assertThat(berth(command.split(" ", -1)).output()).isNotBlank().doesNotContain("\u001b");
        }
    }

    /** Asks once: nothing comes or goes between the tests. */
    private Answer ask(String line) throws Exception {
        Wine.Ended ended = answers.get(line);
        if (ended == null) {
            ended = type((line + " --json").split(" ", -1));
            answers.put(line, ended);
        }
        return Answer.of(line.split(" ", 2)[0], ended.exit(), ended.output(), ended.complaint());
    }

    private Answer onLinux(String capture, String... words) throws Exception {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--from", folder.resolve(capture).toString(), "--json"));
        return Stage.askAnywhere(all.toArray(String[]::new), Map.of());
    }

    /** Starts Berth for that one line. */
    private Wine.Ended berth(String... words) throws Exception {
        return shown(words, wine.in(folder).run(wine.commandWithoutRandomNumbers(Wine.classPath(), Main.class, words)));
    }

    /** Has it answered by the process that is there for all lines. */
    private Wine.Ended type(String... words) throws Exception {
        Writer lines = prompt.outputWriter(StandardCharsets.UTF_8);
        lines.write(String.join(Prompt.BETWEEN, words) + "\n");
        lines.flush();
        String reply = replies.readLine();
        assertThat(reply)
                .as("berth " + String.join(" ", words) + " ends, and its process does not")
                .isNotNull();
        String[] parts = reply.split(Prompt.BETWEEN, -1);
        return shown(words, new Wine.Ended(Integer.parseInt(parts[0]), text(parts[1]), text(parts[2])));
    }

    private static String text(String letters) {
        return new String(Base64.getDecoder().decode(letters), StandardCharsets.UTF_8);
    }

    @SuppressWarnings("SystemOut") // what people want to see of a run on Windows
    private static Wine.Ended shown(String[] words, Wine.Ended ended) {
        System.out.println("wine: C:\\> berth " + String.join(" ", words));
        for (String text : List.of(ended.output(), ended.complaint())) {
            text.lines()
                    .filter(line -> !line.startsWith("OpenJDK "))
                    .forEach(line -> System.out.println("wine: " + line));
        }
        System.out.println("wine: exit code " + ended.exit());
        return ended;
    }
}
