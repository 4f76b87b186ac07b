package dev.berth.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.cli.Main;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that change settings, on the running kernel: what they say is in force is, and what they take back is gone. */
class ChangesOnRealSysctlsTest {
    private final Stage stage = new Stage();

    @TempDir
    private Path folder;

    ChangesOnRealSysctlsTest() throws Exception {}

    @AfterEach
    void leave() throws Exception {
        stage.close();
    }

    private Map<String, String> environment() {
        return Map.of("BERTH_STATE", folder.resolve("state").toString());
    }

    private Answer berth(String line) throws Exception {
        return Stage.askAnywhere(line, environment());
    }

    private Answer change(String line) throws Exception {
        return berth(line + " --netns " + stage.resident());
    }

    private List<String> reserved() throws Exception {
        return stage.ask("ranges").texts("/tcp/ipv4/reserved", "/first");
    }

    private static List<String> command(String line) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(Arrays.asList(line.split(" ", -1)));
        return command;
    }

    private ProcessBuilder process(List<String> command) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment());
        return builder;
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Test
    void a_port_is_reserved_beside_those_that_are_and_given_back() throws Exception {
        stage.set("ipv4/ip_local_reserved_ports", "8080-8090");

        Answer made = change("reserve 1433 --yes");
        assertThat(made.code()).isZero();
        assertThat(made.text("/steps/0/to")).isEqualTo("1433,8080-8090");
        assertThat(reserved()).containsExactly("1433", "8080");
        stage.set("ipv4/ip_local_reserved_ports", "1433,5000,8080-8090"); // somebody adds one

        Answer back = berth("rollback --yes");
        assertThat(back.code()).isZero();
        assertThat(back.text("/outcome")).isEqualTo("rolledBack");
        assertThat(reserved()).containsExactly("5000", "8080");
    }

    @Test
    void a_range_and_a_mode_are_set_and_set_back() throws Exception {
        assertThat(change("range set 20000-50001 --yes").text("/outcome")).isEqualTo("applied");
        assertThat(change("reuse on --yes").text("/outcome")).isEqualTo("applied");
        assertThat(stage.ask("ranges").at("/tcp/ipv4/dynamic/first").asInt()).isEqualTo(20_000);
        assertThat(berth("rollback 1 --yes").code()).isZero();
        assertThat(berth("rollback 2 --yes").code()).isZero();
        assertThat(stage.ask("ranges").at("/tcp/ipv4/dynamic/first").asInt()).isEqualTo(32_768);
        assertThat(berth("changes").texts("/changes", "/state")).containsExactly("rolledBack", "rolledBack");
    }

    @Test
    void two_thousand_ports_that_are_no_neighbours_are_reserved_exactly() throws Exception {
        List<String> ports = IntStream.range(0, 2_000)
                .mapToObj(i -> String.valueOf(10_000 + 3 * i))
                .toList();
        assertThat(change("reserve " + String.join(" ", ports) + " --yes").code())
                .isZero();
        assertThat(reserved()).isEqualTo(ports);
        assertThat(change("reserve " + String.join(",", ports) + " --yes").text("/outcome"))
                .isEqualTo("nothing");
        assertThat(berth("rollback --yes").code()).isZero();
        assertThat(reserved()).isEmpty();
    }

    @Test
    void several_at_once_take_turns_and_none_is_lost() throws Exception {
        var running = new ArrayList<Process>();
        for (int port = 7_001; port <= 7_003; port++) {
            running.add(process(command("reserve " + port + " --yes --netns " + stage.resident()))
                    .start());
        }
        for (Process one : running) {
            String said = said(one);
            assertThat(one.waitFor()).as(said).isZero();
        }
        assertThat(change("reserve 7001-7003 --dry-run").text("/outcome")).isEqualTo("nothing");
        assertThat(berth("changes").texts("/changes", "/id")).containsExactly("1", "2", "3");
    }

    @Test
    void whoever_may_not_change_it_may_plan_it() throws Exception {
        var nobody = Nobody.in(folder);
        Nobody.Result plan = nobody.run(stage, "reserve 1433 --dry-run");
        assertThat(plan.code()).as(plan.err()).isEqualTo(1);
        assertThat(plan.out()).contains("+ 1433");
        Nobody.Result refused = nobody.run(stage, "reserve 1433 --yes");
        assertThat(refused.code()).isEqualTo(3);
        assertThat(refused.err()).contains("sudo");
        assertThat(reserved()).isEmpty();
    }

    @Test
    void a_plan_for_this_namespace_is_not_carried_out_in_the_hosts() throws Exception {
        Path file = folder.resolve("a.plan");
        assertThat(change("plan reserve 1433 -o " + file).code()).isEqualTo(1);
        assertThat(process(command("apply " + file + " --yes")).start().waitFor())
                .isEqualTo(2);
        assertThat(change("apply " + file + " --yes").code()).isZero();
        assertThat(reserved()).containsExactly("1433");
    }

    /** Makes a change to be confirmed, in a session that is then killed with everything in it. */
    private ProcessHandle madeAndKilled(String time) throws Exception {
        String line = String.join(
                " ", command("reserve 7001 --yes --confirm-within " + time + " --netns " + stage.resident()));
        Process session = process(List.of("setsid", "sh", "-c", line + "; echo made; cat"))
                .start();
        try {
            var output = session.inputReader();
            var text = new StringBuilder();
            for (String one = output.readLine(); !"made".equals(one); one = output.readLine()) {
                text.append(Objects.requireNonNull(one, text::toString)).append('\n');
            }
            assertThat(text).contains("unless you confirm it: berth confirm 1");
            assertThat(reserved()).containsExactly("7001");
            ProcessHandle reverter = ProcessHandle.allProcesses()
                    .filter(this::isReverter)
                    .findFirst()
                    .orElseThrow();
            assertThat(new ProcessBuilder("kill", "-9", "--", "-" + session.pid())
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(reverter.isAlive()).isTrue();
            return reverter;
        } finally {
            session.destroyForcibly();
        }
    }

    /** By what the system tells of it: Java leaves out the words of a process that has many. */
    private boolean isReverter(ProcessHandle process) {
        Path told = Path.of("/proc", String.valueOf(process.pid()));
        try {
            return text(told.resolve("cmdline")).contains("\0revert-unless-confirmed\0")
                    && text(told.resolve("environ")).contains("BERTH_STATE=" + folder.resolve("state"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    }

    @Test
    void what_nobody_confirms_is_undone_although_its_maker_was_killed() throws Exception {
        ProcessHandle reverter = madeAndKilled("3s");
        reverter.onExit().get(30, TimeUnit.SECONDS);
        assertThat(reserved()).isEmpty();
        Answer late = berth("confirm 1");
        assertThat(late.code()).isEqualTo(1);
        assertThat(late.text("/outcome")).isEqualTo("tooLate");
    }

    @Test
    void what_is_confirmed_stays_and_nobody_waits_for_it_any_more() throws Exception {
        ProcessHandle reverter = madeAndKilled("10m");
        assertThat(berth("confirm").text("/outcome")).isEqualTo("confirmed");
        reverter.onExit().get(30, TimeUnit.SECONDS);
        assertThat(reserved()).containsExactly("7001");
    }

    @Test
    void where_the_reverter_is_killed_too_the_next_change_undoes() throws Exception {
        ProcessHandle reverter = madeAndKilled("3s");
        reverter.destroyForcibly();
        reverter.onExit().get(30, TimeUnit.SECONDS);
        Instant by = Instant.parse(berth("changes").text("/changes/0/confirmBy"));
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), by).toMillis()) + 1);
        Answer next = change("reserve 7002 --yes");
        assertThat(next.text("/recovered/0/why")).isEqualTo("notConfirmed");
        assertThat(reserved()).containsExactly("7002");
    }

    @Test
    void what_cannot_be_undone_in_time_is_undone_as_soon_as_it_can_be() throws Exception {
        String berth = command("").stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
        Path script = Files.writeString(folder.resolve("script"), """
                set -e
                mount --make-rprivate /
                mount -t tmpfs none /etc/sysctl.d
                berth() { %s "$@"; }
                await() { for i in $(seq 300); do ! eval "$1" || return 0; sleep 0.1; done; echo "never: $1"; exit 9; }
                berth reserve 5002 --persist --yes --confirm-within 2s
                mount -o remount,ro /etc/sysctl.d
                await 'berth changes 1 | grep -q "not undone yet"'
                test -e /etc/sysctl.d/zz-berth.conf
                mount -o remount,rw /etc/sysctl.d
                await 'test ! -e /etc/sysctl.d/zz-berth.conf'
                await 'berth changes | grep "taken back"'
                """.formatted(berth));
        Process process = process(List.of("unshare", "-n", "-m", "bash", script.toString()))
                .start();
        String said = said(process);
        Assumptions.assumeFalse(said.contains("unshare:") || said.contains("mount:"), said);
        assertThat(process.waitFor()).as(said).isZero();
    }

    @Test
    void the_next_start_has_its_own_file_and_another_that_beats_it_is_named() throws Exception {
        String said = inASandbox("""
                echo 'net.ipv4.ip_local_reserved_ports = 5000' > /etc/sysctl.d/10-db.conf
                berth reserve 1433 --persist --yes
                echo "file: $(grep -v '^#' /etc/sysctl.d/zz-berth.conf)"
                echo "running: $(cat /proc/sys/net/ipv4/ip_local_reserved_ports)"
                berth rollback --yes
                test ! -e /etc/sysctl.d/zz-berth.conf
                echo "after: $(cat /proc/sys/net/ipv4/ip_local_reserved_ports)"
                echo 'net.ipv4.ip_local_reserved_ports = 6000' > /etc/sysctl.d/zzz-late.conf
                berth reserve 1433 --persist --yes || echo "exit: $?"
                test ! -e /etc/sysctl.d/zz-berth.conf
                """);
        assertThat(said)
                .contains("file: net.ipv4.ip_local_reserved_ports = 1433,5000")
                .contains("running: 1433,5000")
                .contains("after: \n")
                .contains("/etc/sysctl.d/zzz-late.conf:1", "exit: ");
    }

    @Test
    void a_namespace_is_found_again_without_its_name_and_left_where_it_may_not_be_entered() throws Exception {
        String said = inASandbox("""
                mkdir -p /run/netns
                mount -t tmpfs none /run/netns
                ip netns add blue
                nsenter --net=/run/netns/blue sleep 300 &
                resident=$!
                trap 'kill $resident' EXIT
                reserved() { nsenter --net=/proc/$resident/ns/net cat /proc/sys/net/ipv4/ip_local_reserved_ports; }
                berth reserve 1433 --netns blue --yes
                ip netns del blue
                export -f berth
                setpriv --bounding-set -sys_admin --inh-caps -sys_admin bash -c 'berth rollback --yes' || echo "exit: $?"
                echo "still: $(reserved)"
                berth rollback 1 --yes
                echo "after: $(reserved)"
                """);
        assertThat(said)
                .contains("left as it is, its network namespace was not found: entering one takes CAP_SYS_ADMIN")
                .contains("exit: 1\nstill: 1433\n")
                .contains("Change 1 is taken back.\nafter: \n");
    }

    /** What a script prints that has namespaces of its own, a sysctl.d with nothing in it, and Berth as {@code berth}. */
    private String inASandbox(String lines) throws Exception {
        String berth = command("").stream().filter(word -> !word.isEmpty()).collect(Collectors.joining(" "));
        Path script = Files.writeString(folder.resolve("script"), """
                set -e
                mount -t tmpfs none /etc/sysctl.d
                berth() { %s "$@"; }
                """.formatted(berth) + lines);
        Process process = process(List.of("unshare", "-n", "-m", "bash", script.toString()))
                .start();
        String said = said(process);
        Assumptions.assumeFalse(said.contains("unshare:") || said.contains("mount:"), said);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
