package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.lab.Lab;
import dev.berth.lab.LabException;
import dev.berth.lab.Narrator;
import dev.berth.lab.Need;
import dev.berth.lab.Outcome;
import dev.berth.lab.Told;
import dev.berth.lab.ground.Machine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A machine that lacks something is told what, and shown nothing. */
class LabNeedsTest {
    private static final Lab LAB = new Lab(List.of("true"), false, true);
    private static final Need NGINX = new Need("nginx", "apt-get install nginx-light", null, () -> false);
    private static final Need PSQL = new Need("psql", "apt-get install postgresql", null, () -> false);

    private static LabException refused(Need... needs) {
        var told = new ArrayList<Told>();
        var needing = new Sketch("needing", List.of(needs), _ -> {});
        var refused = catchThrowableOfType(LabException.class, () -> LAB.play(needing, told::add));
        assertThat(refused.kind()).isEqualTo(LabException.Kind.NOT_POSSIBLE);
        assertThat(told).isEmpty();
        return refused;
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void all_that_is_missing_is_named_at_once() {
        LabException refused = refused(NGINX, PSQL, NGINX.only("a part"));
        assertThat(refused).hasMessage("cannot stage needing");
        assertThat(refused.why()).isEqualTo("it needs nginx, psql, which are not here");
        assertThat(refused.next()).isEqualTo("apt-get install nginx-light; apt-get install postgresql");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_setting_that_the_kernel_lacks_is_named() {
        assertThat(Need.setting("ipv4/ip_local_port_range").isHere()).isTrue();
        assertThat(refused(Need.setting("ipv4/no_such_setting")).why())
                .isEqualTo("it needs net.ipv4.no_such_setting, which is not here");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void too_few_open_files_are_named() {
        assertThat(Need.files(3).isHere()).isTrue();
        assertThat(refused(Need.files(Long.MAX_VALUE - 1)).why()).contains("open files for each process");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_part_that_was_left_out_is_told_and_counted() throws Exception {
        var told = new ArrayList<Told>();
        Need part = NGINX.only("the same with nginx");
        try {
            LAB.play(new Sketch("needing", List.of(part), stage -> stage.has(part)), told::add);
        } catch (LabException e) {
            assumeTrue(System.getenv("CI") != null, e.why());
            throw e;
        }
        assertThat(Outcome.of(told).skipped())
                .containsExactly(
                        new Told.Skipped("the same with nginx", "nginx is not here: apt-get install nginx-light"));
    }

    private static LabException broken(Sketch.Plot plot, Narrator narrator) {
        var sketch = new Sketch("broken", List.of(), plot);
        var broken = catchThrowableOfType(LabException.class, () -> LAB.play(sketch, narrator));
        assumeTrue(System.getenv("CI") != null || !"cannot open the lab".equals(broken.getMessage()), broken.why());
        return broken;
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_program_that_ends_before_it_is_ready_is_told_by_its_last_words() {
        String line = "printf 'one\\ntwo\\n\\nhalf a letter: \\303'";
        LabException broken = broken(stage -> stage.start(stage.machine(), "server", line, "ready"), _ -> {});
        assertThat(broken).hasMessage(line + " ended, exit 0");
        assertThat(broken.why()).isEqualTo("server.log ends with: two; half a letter: \ufffd");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_kernel_that_refuses_a_rule_is_no_failure_of_the_scenario() {
        var told = new ArrayList<Told>();
        String line = "printf 'rules:1\\n\\nno such table\\n'; exit 3";
        LabException refused = broken(stage -> stage.must(stage.machine(), line, "nftables in its kernel"), told::add);
        assertThat(refused.kind()).isEqualTo(LabException.Kind.NOT_POSSIBLE);
        assertThat(refused.why()).isEqualTo("'" + line + "' failed: rules:1; no such table");
        assertThat(refused.next()).contains("lacks nftables in its kernel");
        assertThat(told).containsExactly(new Told.Typed("", line, "rules:1\n\nno such table\n", 3));
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_cable_that_the_kernel_refuses_is_no_failure_of_the_scenario() {
        LabException refused = broken(
                stage -> {
                    Machine hub = stage.ground().add("hub");
                    stage.ground().wire(stage.machine(), "10.0.1.1/24", hub, "10.0.1.2/24");
                    stage.ground().wire(stage.machine(), "10.0.2.1/24", hub, "10.0.2.2/24"); // its name is taken
                },
                _ -> {});
        assertThat(refused.kind()).isEqualTo(LabException.Kind.NOT_POSSIBLE);
        assertThat(refused.why())
                .startsWith("'ip link add hub type veth peer name lab netns hub' failed: ")
                .contains("File exists");
        assertThat(refused.next()).contains("lacks veth in its kernel");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void a_network_namespace_too_many_is_no_failure_of_the_scenario() {
        LabException refused = broken(
                stage -> {
                    stage.ground().add("hub");
                    stage.ground().add("hub");
                },
                _ -> {});
        assertThat(refused.kind()).isEqualTo(LabException.Kind.NOT_POSSIBLE);
        assertThat(refused.next()).contains("lacks room for one more network namespace");
    }

    @DisabledOnOs(OS.LINUX)
    @Test
    void what_only_linux_has_is_not_here_on_another_system() {
        assertThat(Need.files(3).isHere()).isFalse();
        assertThat(Need.linux(3, 0).isHere()).isFalse();
        assertThat(Need.setting("ipv4/ip_local_port_range").isHere()).isFalse();
    }

    @EnabledOnOs(OS.WINDOWS)
    @Test
    void windows_is_told_to_look_for_a_linux() {
        assertThat(refused(NGINX).next()).contains("Linux", "WSL");
    }

    /** Berth where {@code before} has been done in namespaces of its own. */
    private static String berth(List<String> unshare, String before) throws IOException, InterruptedException {
        String berth = Played.berth().stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        List<String> command = Stream.concat(
                        unshare.stream(),
                        Stream.of(
                                "sh",
                                "-c",
                                before + " exec setpriv --inh-caps=-all " + berth + " \"$@\"",
                                "sh",
                                "lab",
                                "self-connect"))
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(System.getenv("CI") != null || !said.startsWith("unshare:"), said);
        return process.waitFor() + "\n" + said;
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void without_ip_nothing_is_staged() throws Exception {
        assertThat(berth(
                        List.of("unshare", "--mount"),
                        "for ip in /usr/local/sbin/ip /usr/local/bin/ip /usr/sbin/ip /usr/bin/ip /sbin/ip /bin/ip; do"
                                + " [ ! -e $ip ] || mount --bind /dev/null $ip || exit; done;"))
                .isEqualTo("""
                        4
                        berth: cannot stage self-connect
                          why   it needs ip, which is not here
                          next  install it: on Debian and Ubuntu, apt-get install iproute2
                        """);
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void without_the_folder_that_hides_the_hosts_settings_nothing_is_staged() throws Exception {
        assertThat(berth(
                        List.of("unshare", "--mount"),
                        "mount -t tmpfs etc /mnt && cp -a /etc/. /mnt && rm -rf /mnt/sysctl.d"
                                + " && mount --bind /mnt /etc || exit;"))
                .isEqualTo("""
                        4
                        berth: cannot stage self-connect
                          why   it needs /etc/sysctl.d, which is not here
                          next  make it: mkdir /etc/sysctl.d
                        """);
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void without_user_namespaces_an_ordinary_user_is_told_what_would_allow_it() throws Exception {
        assertThat(berth(
                        List.of("unshare", "--user", "--map-user=1000", "--keep-caps"),
                        "echo 0 >/proc/sys/user/max_user_namespaces || exit;"))
                .startsWith("4\nberth: cannot open the lab\n  why   private namespaces are not allowed here: unshare")
                .contains("run it as root, or allow unprivileged user namespaces: sysctl user.max_user_namespaces");
    }

    @EnabledOnOs(OS.LINUX)
    @Test
    void root_without_the_capability_is_told_which() throws Exception {
        assertThat(berth(
                        List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all"),
                        "[ $(id -u) = 0 ] || { echo unshare: this is not root; exit; };"))
                .startsWith("4\nberth: cannot open the lab\n  why   private namespaces are not allowed here: unshare")
                .contains("CAP_SYS_ADMIN");
    }
}
