package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.ReservedList;
import dev.berth.remedy.policy.Policy;
import dev.berth.remedy.policy.PolicyReader;
import dev.berth.remedy.render.Rendering;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed for Linux, in the hands of the tools it is printed for, in a network of its own. */
class RenderedForLinuxTest {
    private static final String POLICY = """
            services:
              - {name: SQL Server, port: 1433}
              - {name: 'web "{{ 1 }}" $(id)', ports: 8080-8090, address: 0.0.0.0}
              - {name: names, port: 5353, protocol: udp}
            dynamicRange: {linux: 10240-65535}
            timeWaitReuse: "on"
            """;
    private static final String IN_FORCE = """
            1433,5353,8080-8090
            10240 65535
            1
            """;
    private static final String READ = """
            cd /proc/sys/net/ipv4
            cat ip_local_reserved_ports
            tr '\\t' ' ' <ip_local_port_range
            cat tcp_tw_reuse
            """;

    @TempDir
    private Path folder;

    private Path printed(Rendering rendering, String policy, String file) throws Exception {
        Policy read = PolicyReader.read(policy, "berth.yaml");
        return Tool.write(folder.resolve(file), rendering.render(read).text());
    }

    /** A policy with that many ports, none of which joins another to a range. */
    private static String scattered(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "  - {name: s%d, port: %d}\n".formatted(i, 20_001 + 2 * i))
                .collect(Collectors.joining("", "services:\n", ""));
    }

    @Test
    void systemd_sysctl_puts_the_file_of_sysctl_d_in_force() throws Exception {
        Path file = printed(Rendering.SYSCTL, POLICY, "zz-berth.conf");
        assertThat(Tool.apart("/usr/lib/systemd/systemd-sysctl \"$1\"\n" + READ, file)
                        .well())
                .isEqualTo(IN_FORCE);
    }

    @Test
    void procps_puts_the_file_of_sysctl_d_in_force() throws Exception {
        Tool.need("sysctl");
        Path file = printed(Rendering.SYSCTL, POLICY, "zz-berth.conf");
        assertThat(Tool.apart("sysctl -q -p \"$1\"\n" + READ, file).well()).isEqualTo(IN_FORCE);
    }

    @Test
    void procps_cuts_a_list_longer_than_a_page_as_the_warning_says_and_systemd_sysctl_does_not() throws Exception {
        Tool.need("sysctl");
        Path fits = printed(Rendering.SYSCTL, scattered(682), "fits.conf");
        Path cut = printed(Rendering.SYSCTL, scattered(2_000), "cut.conf");
        assertThat(Tool.apart("""
                                count() { cat /proc/sys/net/ipv4/ip_local_reserved_ports | tr ',' '\\n' | wc -l; } # tr itself reads 8 KiB
                                sysctl -q -p "$1"; count
                                sysctl -q -p "$2"; count
                                /usr/lib/systemd/systemd-sysctl "$2"; count
                                """, fits, cut).well()).isEqualTo("682\n682\n2000\n");
    }

    /** Ports that take so many bytes as a list, and of which none joins another to a range. */
    private static List<String> ofLength(int bytes) {
        int fours = (6 - (bytes + 1) % 6) % 6; // ports of four digits take a byte less each
        return IntStream.concat(
                        IntStream.range(0, fours).map(i -> 1_001 + 2 * i),
                        IntStream.range(0, (bytes + 1 - 5 * fours) / 6).map(i -> 10_001 + 2 * i))
                .mapToObj(String::valueOf)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {4_092, 4_093, 4_094, 4_095, 4_096, 4_097})
    void procps_cuts_from_the_very_length_on_that_berth_warns_of(int bytes) throws Exception {
        Tool.need("sysctl");
        List<String> ports = ofLength(bytes);
        String list = String.join(",", ports);
        assertThat(list).hasSize(bytes);
        Path file = Tool.write(folder.resolve("long.conf"), "net.ipv4.ip_local_reserved_ports = " + list + "\n");

        String stored = Tool.apart("sysctl -q -p \"$1\" && cat /proc/sys/net/ipv4/ip_local_reserved_ports\n", file)
                .well()
                .strip();

        List<String> whole = ReservedList.isLongerThanOneWrite(list) ? ports.subList(0, ports.size() - 1) : ports;
        assertThat(stored).isEqualTo(String.join(",", whole));
    }

    @Test
    void a_real_boot_puts_the_printed_unit_in_force_however_long_the_list() throws Exception {
        var machine = new PrivateBoot(folder.resolve("machine"));
        machine.layFile(
                "etc/systemd/system/berth-ports.service",
                printed(
                        Rendering.SYSTEMD,
                        scattered(2_000) + "dynamicRange: {linux: 10240-65535}\ntimeWaitReuse: \"on\"\n",
                        "unit"));
        PrivateBoot.Outcome outcome = machine.boot("berth-ports.service", READ);
        assertThat(outcome.result()).as(outcome.unit()).isEqualTo("success");
        String list = IntStream.range(0, 2_000)
                .mapToObj(i -> String.valueOf(20_001 + 2 * i))
                .collect(Collectors.joining(","));
        assertThat(outcome.then()).isEqualTo(list + "\n10240 65535\n1\n");
    }

    @Test
    void systemd_has_nothing_to_say_against_the_printed_unit() throws Exception {
        Path unit = printed(Rendering.SYSTEMD, POLICY, "berth-ports.service");
        assertThat(Tool.run("systemd-analyze", "verify", "--man=no", unit.toString())
                        .well())
                .doesNotContain("berth-ports.service:");
    }

    @Test
    void ansible_makes_a_host_so_once_and_again_when_it_drifts() throws Exception {
        Tool.need("ansible-playbook");
        Path playbook = printed(Rendering.ANSIBLE, POLICY, "playbook.yml");
        String said = Tool.apart("""
                        export HOME="$2" ANSIBLE_NOCOLOR=1 ANSIBLE_LOCALHOST_WARNING=0 LC_ALL=C.UTF-8
                        play() { ansible-playbook -i localhost, -c local -e ansible_python_interpreter=auto_silent "$@" >"$HOME/said" || cat "$HOME/said"
                            sed -n 's/.*\\(changed=[0-9]*\\).*\\(failed=[0-9]*\\).*/\\1 \\2/p' "$HOME/said"; }
                        play --check "$1"
                        ls /etc/sysctl.d
                        play "$1"
                        play "$1"
                        echo 0 >/proc/sys/net/ipv4/tcp_tw_reuse
                        play "$1"
                        """ + READ, playbook, folder).well();
        assertThat(said).isEqualTo("""
                changed=1 failed=0
                changed=2 failed=0
                changed=0 failed=0
                changed=1 failed=0
                """ + IN_FORCE);
    }

    @Test
    void ansible_lint_finds_nothing_in_the_printed_playbook() throws Exception {
        Path playbook = printed(Rendering.ANSIBLE, POLICY, "playbook.yml");
        Tool.need("ansible-lint");
        Tool.run("ansible-lint", "--offline", "--nocolor", "-q", playbook.toString())
                .well();
    }

    @Test
    void kubernetes_knows_every_field_of_the_printed_patch() throws Exception {
        Path patch = printed(Rendering.KUBERNETES, POLICY, "patch.yaml");
        Path deployment = Tool.write(folder.resolve("deployment.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers: [{name: web, image: nginx}]
                """);
        String patched = Tool.run(
                        "kubectl",
                        "patch",
                        "--local",
                        "-f",
                        deployment.toString(),
                        "--patch-file",
                        patch.toString(),
                        "-o",
                        "yaml")
                .well();
        assertThat(knownToKubernetes(Tool.write(folder.resolve("patched.yaml"), patched)))
                .contains("echo 1 > /proc/sys/net/ipv4/tcp_tw_reuse")
                .contains("privileged: true")
                .contains("""
                        sysctls:
                                - name: net.ipv4.ip_local_reserved_ports
                                  value: 1433,5353,8080-8090
                                - name: net.ipv4.ip_local_port_range
                                  value: 10240 65535
                        """.stripTrailing());
    }

    /** What is left of a manifest after kubectl read it into Kubernetes' own types, which drops fields they do not have. */
    static String knownToKubernetes(Path manifest) throws Exception {
        return Tool.run("kubectl", "set", "env", "--local", "-f", manifest.toString(), "SEEN=yes", "-o", "yaml")
                .well();
    }
}
