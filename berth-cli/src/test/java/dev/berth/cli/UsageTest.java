package dev.berth.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.cli.command.Arguments;
import dev.berth.cli.command.CommandSpec;
import dev.berth.cli.command.Commands;
import dev.berth.cli.command.Surroundings;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.FakeHostProvider;
import dev.berth.platform.HostNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
    private static final FakeHostNetwork HOST = FakeHostNetwork.with("0.0.0.0:80 LISTEN web(20)");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "who 0",
                "who 65536",
                "who 80-",
                "who 80-90",
                "who text",
                "who",
                "who 80 90",
                "who 080",
                "who 80-80",
                "who 80 --from ",
                "who 80 --netns ",
                "capture -o pom.xml",
                "capture -o a.berth --from b.berth",
                "help --json",
                "completion bash --netns all",
                "version --from a.berth",
                "list port=1 port=2",
                "list port=1 local=127.0.0.1:2",
                "explain no/such/file",
                "explain .",
                "explain - -",
                "explain - --follow",
                "explain --follow",
                "explain pom.xml src --follow",
                "explain no/such/file --follow",
                "explain pom.xml --journal nginx",
                "explain --journal -x",
                "explain --line text pom.xml",
                "explain --line text --journal nginx",
                "explain --line text --follow",
                "explain --line text --since 2h",
                "explain --line ",
                "explain --since yesterday",
                "explain --since 2026-13-01",
                "explain --since -5m",
                "explain --since ",
                "explain --no-host --no-probe",
                "explain --no-host --netns blue",
                "explain --no-host --from a.berth",
                "explain --from /dev/null",
                "explain --netns all",
                "explain --netns nosuch",
                "failures --for 0",
                "failures --for -1",
                "failures --for 3601",
                "failures --for",
                "failures --count 0",
                "failures --count 1000001",
                "failures --from a.berth",
                "failures 5432",
                "doctor --every 2",
                "doctor --for 2",
                "doctor --watch --every 0",
                "doctor --watch --json",
                "doctor --watch --measure 5",
                "doctor --watch --from a.berth",
                "why 80 --address nowhere",
                "why 80 --protocol sctp",
                "why 80 --netns all",
                "why 10.0.0.1:80",
                "why db.example:80 --as server",
                "why 80 --source 10.0.0.1",
                "why 80 --as peer",
                "why 80 --as client",
                "why db --as client",
                "why :80 --as client",
                "why 10.0.0.1: --as client",
                "why 10.0.0.1:0 --as client",
                "why 10.0.0.1:080 --as client",
                "why 10.0.0.1:80-90 --as client",
                "why 10.0.0.1:65536 --as client",
                "why 10.0.0.256:80 --as client",
                "why 0.0.0.0:80 --as client",
                "why [::]:80 --as client",
                "why ::1:80 --as client",
                "why [10.0.0.1]:80 --as client",
                "why [fe80::1%eth0]:80 --as client",
                "why http://10.0.0.1:80 --as client",
                "why no-such-host.invalid:80 --as client",
                "why localhost:80 --as client --netns blue",
                "why localhost:80 --as client --from a.berth",
                "why 10.0.0.1:80 --as client --protocol udp",
                "why 10.0.0.1:80 --as client --no-probe",
                "why 10.0.0.1:80 --as client --address 10.0.0.2",
                "why 10.0.0.1:80 --as client --source localhost",
                "why 10.0.0.1:80 --as client --source 0.0.0.0",
                "why 10.0.0.1:80 --as client --local-port 0",
                "why 10.0.0.1:80 --as client --local-port 65536",
                "why 80 --local-port 5000",
                "why 10.0.0.1:80 --as client --source ::1",
                "free",
                "free 0",
                "free 80 --netns all",
                "free 80 --by magic",
                "free 80 --wait 3601",
                "free 80 --grace -1",
                "free 80 --address nowhere",
                "free 80 --from a.berth",
                "doctor --netns nosuch",
                "doctor --from /dev/null",
                "doctor extra",
                "doctor --measure 0",
                "doctor --measure 61",
                "doctor --measure 1.5",
                "doctor --measure -1",
                "doctor --measure soon",
                "doctor --measure 5 --from a.berth",
                "list colour=red",
                "list state=OPEN",
                "list port=80-",
                "list pid=x",
                "list state=",
                "list --no-owners pid=1",
                "ranges --color mauve",
                "capacity --range 5000-1025",
                "capacity --range 0-70000",
                "capacity --range 1025",
                "capacity --range 1025-",
                "capacity --range -5",
                "capacity --range a-b",
                "capacity --range 1-2 --ports 5",
                "capacity --ports 0",
                "capacity --ports 65536",
                "capacity --ports 1.5",
                "capacity --ports many",
                "capacity --time-wait -1",
                "capacity --time-wait NaN",
                "capacity --time-wait 3601",
                "capacity --time-wait 0",
                "capacity --time-wait 0 --hold 0",
                "capacity --hold -0.5",
                "capacity --hold 0,5",
                "capacity --hold 1e3",
                "capacity --hold 604801",
                "capacity --rate 0",
                "capacity --rate -1",
                "capacity --rate NaN",
                "capacity --rate Infinity",
                "capacity --rate 1000001",
                "capacity --rate 99999999999999999999",
                "capacity --rate 0x10",
                "capacity --rate ",
                "capacity --rate 1 --rate 2",
                "capacity --sources 0",
                "capacity --sources 1.5",
                "capacity --destinations -1",
                "capacity --destinations 1000001",
                "capacity --retries -1",
                "capacity --retries 1001",
                "capacity --to localhost:80",
                "capacity --to 10.0.0.9",
                "capacity --to 10.0.0.9:0",
                "capacity --to 10.0.0.9:5432",
                "capacity --to 0.0.0.0:80",
                "capacity --to ::1:80",
                "capacity --netns all",
                "capacity 1000",
                "suggest 80",
                "suggest --near 0",
                "suggest --near 080",
                "suggest --near 65536",
                "suggest --near http",
                "suggest --near ",
                "suggest --count 0",
                "suggest --count -1",
                "suggest --count 1001",
                "suggest --count many",
                "suggest --address localhost",
                "suggest --protocol sctp",
                "suggest --netns all",
                "map 80",
                "map --range 0-10",
                "map --range 1-65536",
                "map --range 9-8",
                "map --range 8080-",
                "map --range dynamic",
                "map --range ",
                "map --netns all",
                "map --protocol sctp",
                "map --svg pom.xml",
                "map --svg target",
                "map --svg -",
                "map --svg ",
                "map --png - --json",
                "map --svg no/such/folder/a.svg",
                "map --svg pom.xml/a.svg",
                "map --svg target/a --png target/../target/a",
                "map --netns nosuch",
                "map --from /dev/null",
                "capture",
                "capture -o -",
                "completion tcsh",
                "man nothing",
                "man why who",
                "man --json",
                "man --into -",
                "man --into ",
                "help nothing",
                "nothing",
                "--nothing"
            })
    void bad_input_ends_with_two_and_three_lines(String line) {
        Ran ran = Ran.on(HOST, line.split(" ", -1));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .as(ran.err())
                .hasSize(3)
                .satisfiesExactly(
                        what -> assertThat(what).startsWith("berth: "),
                        why -> assertThat(why).startsWith("  why   "),
                        next -> assertThat(next).startsWith("  next  "));
    }

    @ParameterizedTest
    @CsvSource({"dcotor,did you mean doctor?", "who 80 --jsno,did you mean --json?", "list prot=80,did you mean port=…?"
    })
    void a_slip_of_the_keys_is_understood(String line, String guess) {
        assertThat(Ran.on(HOST, line.split(" ", -1)).err()).contains(guess);
    }

    @ParameterizedTest
    @CsvSource({
        "who 80,1",
        "who 81,0",
        "why 80,1",
        "why 81,0",
        "why 10.0.0.1:80 --as client,0",
        "list,0",
        "ranges,0",
        "capacity,0",
        "capacity --rate 100,0",
        "capacity --rate 1000,1",
        "capacity --range 1025-5000 --time-wait 240 --rate 16,0",
        "capacity --range 1025-5000 --time-wait 240 --rate 17,1",
        "suggest,0",
        "map,0",
        "map --range 80,0",
        "doctor,0"
    })
    void the_exit_code_is_the_answer(String line, int code) {
        assertThat(Ran.on(HOST, line.split(" ", -1)).code()).isEqualTo(code);
    }

    @Test
    void without_ipv6_the_question_is_about_the_wildcard_of_ipv4() {
        var without = (HostNetwork) Proxy.newProxyInstance(
                HostNetwork.class.getClassLoader(), new Class<?>[] {HostNetwork.class}, (proxy, method, args) -> {
                    if (method.getName().equals("probe")
                            && !((BindRequest) args[0]).address().isV4()) {
                        return new BindOutcome.NotTried("socket failed: EAFNOSUPPORT (97)");
                    }
                    return method.invoke(HOST, args);
                });
        assertThat(Ran.on(without, "why", "81").out())
                .startsWith("tcp 81 is free: a server can bind 0.0.0.0:81 now.")
                .contains("bind 0.0.0.0:81: succeeds");
        assertThat(Ran.on(without, "why", "81", "--address", "::").out())
                .startsWith("tcp 81 is free: a server can bind [::]:81, by the rule.");
    }

    @Test
    void every_command_has_two_examples_and_each_parses() throws Exception {
        for (String name : Commands.NAMES) {
            CommandSpec spec = Commands.spec(name);
            assertThat(spec.examples()).as(name).hasSizeGreaterThanOrEqualTo(2);
            for (CommandSpec.Example example : spec.examples()) {
                String[] words = example.line().replaceFirst("^.* [|] ", "").split(" ", -1);
                assertThat(words).startsWith("berth", name);
                assertThat(Arguments.parse(spec, Arrays.copyOfRange(words, 2, words.length)))
                        .isNotNull();
            }
            String help = Ran.on(HOST, "help", name).out();
            assertThat(help).contains("usage: " + spec.usage());
            assertThat(Ran.on(HOST, name, "--help").out()).isEqualTo(help);
        }
    }

    @Test
    void help_offers_what_the_command_takes() {
        assertThat(Ran.on(HOST, "help", "why").out())
                .contains("--netns NAME|PID ")
                .doesNotContain("|all");
        assertThat(Ran.on(HOST, "help", "doctor").out()).contains("--netns NAME|PID|all");
        assertThat(Ran.on(HOST, "help", "capture").out()).doesNotContain("--from FILE");
        assertThat(Ran.on(HOST, "help", "help").out()).doesNotContain("--json ", "--from", "--netns");
        assertThat(Ran.on(HOST, "help", "list").out()).contains("\nfilters", "  port=P[-Q]", "  unit=NAME");
        assertThat(Ran.on(HOST, "help").out()).contains("proves it, and says how to get it.");
    }

    @Test
    void a_capture_that_may_not_be_read_is_its_owners(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("host.berth"), "");
        assumeTrue(file.toFile().setReadable(false) && !Files.isReadable(file), "root reads everything");
        Ran ran = Ran.on(HOST, "list", "--from", file.toString());
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("next  run as its owner");
    }

    @Test
    void help_fits_eighty_columns() {
        for (String name : Commands.NAMES) {
            var terminal = FakeHostProvider.of(HOST).onTerminal(80);
            assertThat(Ran.on(terminal, Map.of(), "help", name).out().lines())
                    .as(name)
                    .allMatch(line -> line.length() <= 80);
        }
    }

    @Test
    void berth_alone_is_doctor() {
        assertThat(Ran.on(HOST).out()).isEqualTo(Ran.on(HOST, "doctor").out());
        assertThat(Ran.on(HOST, "--json").out())
                .isEqualTo(Ran.on(HOST, "doctor", "--json").out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json", "who 80", "doctor --json", "help"})
    void a_full_disk_is_reported(String line) {
        Ran ran = failing("No space left on device", line);
        assertThat(ran.code()).isEqualTo(74);
        assertThat(ran.err()).startsWith("berth: cannot write the output\n  why   No space left on device\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --json"})
    void a_reader_that_has_seen_enough_is_no_failure(String line) {
        assertThat(failing("Broken pipe", line)).isEqualTo(new Ran(0, "", ""));
    }

    private static Ran failing(String reason, String line) {
        var out = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
        var err = new ByteArrayOutputStream();
        int code = Berth.run(
                line.split(" ", -1),
                new Surroundings(InputStream.nullInputStream(), out, err, Map.of(), FakeHostProvider.of(HOST)));
        return new Ran(code, "", err.toString(StandardCharsets.UTF_8));
    }
}
