package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox of berth-ensure.service, kept by a real systemd. */
@EnabledOnOs(OS.LINUX)
class SandboxTest {
    private static final String UNIT = "berth-ensure.service";

    @TempDir
    private Path folder;

    /** A machine with this Berth under /opt, as the sandbox shows no home folder and another /tmp. */
    private PrivateBoot machine(String program) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java").toRealPath();
        Assumptions.assumeTrue(
                Stream.of("/home", "/root", "/run/user", "/tmp", "/var/tmp").noneMatch(java::startsWith),
                "the sandbox does not show the JDK in " + java);
        var machine = new PrivateBoot(folder);
        var path = new ArrayList<String>();
        for (Path entry : classPath()) {
            String place = "opt/berth/" + path.size();
            if (Files.isDirectory(entry)) {
                try (Stream<Path> files = Files.walk(entry)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        machine.layFile(place + "/" + entry.relativize(file), file);
                    }
                }
            } else {
                machine.layFile(place, entry);
            }
            path.add("/" + place);
        }
        machine.layFile("opt/berth/jvm.options", Tool.REPOSITORY.resolve("launcher/jvm.options"));
        machine.layProgram("opt/berth/berth", """
                #!/bin/sh
                exec %s @/opt/berth/jvm.options -cp %s dev.berth.cli.Main "$@"
                """.formatted(java, String.join(":", path)));
        machine.layProgram("usr/bin/berth", program);
        machine.layFile("etc/systemd/system/" + UNIT, Tool.deployed("systemd/" + UNIT));
        machine.lay("etc/berth/berth.yaml", """
                services:
                  - {name: SQL Server, port: 1433}
                  - {name: web, ports: 8080-8090}
                  - {name: db, port: 5432, address: 10.77.0.5}
                dynamicRange: {linux: 10240-65535}
                """);
        return machine;
    }

    private static List<Path> classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator, -1))
                .map(Path::of)
                .filter(Files::exists)
                .filter(entry -> !entry.endsWith("test-classes"))
                .filter(entry -> Stream.of("berth-", "jackson-core", "commons-cli", "snakeyaml", "jspecify")
                        .anyMatch(entry.toString()::contains))
                .toList();
    }

    @Test
    void the_jvm_runs_and_the_settings_of_the_network_can_be_written_and_nothing_else() throws Exception {
        PrivateBoot machine = machine("""
                #!/bin/sh
                tried() { if (eval "$1") 2>/dev/null; then echo "can $1"; else echo "cannot $1"; fi; }
                tried '/opt/berth/berth version >/dev/null'
                tried '/opt/berth/berth why 443 >/dev/null'
                tried 'echo 5000 >/proc/sys/net/ipv4/ip_local_reserved_ports'
                tried 'echo a >/etc/sysctl.d/zz-berth.conf'
                tried 'echo a >/var/lib/berth/a'
                tried 'echo a >/etc/a'
                tried 'echo a >/usr/bin/a'
                tried 'echo 0 >/proc/sys/kernel/panic'
                tried 'echo 0 >/proc/sysrq-trigger'
                tried 'mount -t tmpfs none /opt'
                tried 'unshare --net true'
                tried 'chown 1 /var/lib/berth/a'
                tried 'ls -A /root | grep -q .'
                grep -E 'CapBnd|NoNewPrivs|Seccomp:' /proc/self/status
                """);
        PrivateBoot.Outcome outcome = machine.boot(UNIT, "cat /proc/sys/net/ipv4/ip_local_reserved_ports");
        assertThat(outcome.unit()).isEqualToIgnoringWhitespace("""
                can /opt/berth/berth version >/dev/null
                can /opt/berth/berth why 443 >/dev/null
                can echo 5000 >/proc/sys/net/ipv4/ip_local_reserved_ports
                can echo a >/etc/sysctl.d/zz-berth.conf
                can echo a >/var/lib/berth/a
                cannot echo a >/etc/a
                cannot echo a >/usr/bin/a
                cannot echo 0 >/proc/sys/kernel/panic
                cannot echo 0 >/proc/sysrq-trigger
                cannot mount -t tmpfs none /opt
                cannot unshare --net true
                cannot chown 1 /var/lib/berth/a
                cannot ls -A /root | grep -q .
                CapBnd:	0000000000081404
                NoNewPrivs:	1
                Seccomp:	2
                """);
        assertThat(outcome.then()).isEqualTo("5000\n");
        assertThat(outcome.result()).isEqualTo("success");
    }

    @Test
    void ensure_makes_the_host_match_its_policy_at_boot_and_the_next_start_as_well() throws Exception {
        PrivateBoot machine = machine("""
                #!/bin/sh
                exec /opt/berth/berth "$@"
                """);
        PrivateBoot.Outcome outcome = machine.boot(UNIT, """
                cat /proc/sys/net/ipv4/ip_local_reserved_ports
                tr '\\t' ' ' </proc/sys/net/ipv4/ip_local_port_range
                grep -v '^#' /etc/sysctl.d/zz-berth.conf | sort
                stat -c %a /etc/sysctl.d/zz-berth.conf
                /opt/berth/berth ensure /etc/berth/berth.yaml --check >/out/check && echo in order
                """);
        assertThat(outcome.result()).as(outcome.unit()).isEqualTo("success");
        assertThat(outcome.then()).as(outcome.unit()).isEqualTo("""
                1433,5432,8080-8090
                10240 65535
                net.ipv4.ip_local_port_range = 10240 65535
                net.ipv4.ip_local_reserved_ports = 1433,5432,8080-8090
                644
                in order
                """);
    }

    @Test
    void a_file_that_beats_berths_own_costs_the_next_start_and_not_this_one() throws Exception {
        PrivateBoot machine = machine("""
                #!/bin/sh
                exec /opt/berth/berth "$@"
                """);
        machine.lay("etc/sysctl.d/zzz-mine.conf", "net.ipv4.ip_local_reserved_ports = 9999\n");
        PrivateBoot.Outcome outcome = machine.boot(UNIT, "cat /proc/sys/net/ipv4/ip_local_reserved_ports");
        assertThat(outcome.result()).as(outcome.unit()).isEqualTo("exit-code");
        assertThat(outcome.then()).as(outcome.unit()).contains("1433,5432,8080-8090");
        assertThat(outcome.unit()).contains("/etc/sysctl.d/zzz-mine.conf:1");
    }

    @Test
    void a_policy_with_keys_of_a_later_version_fails_the_unit_and_what_was_kept_stays() throws Exception {
        PrivateBoot machine = machine("""
                #!/bin/sh
                exec /opt/berth/berth "$@"
                """);
        machine.lay("etc/berth/berth.yaml", """
                services:
                  - {name: SQL Server, port: 1433}
                localPorts: {pool: 4}
                """);
        machine.lay("etc/sysctl.d/zz-berth.conf", "net.ipv4.ip_local_reserved_ports = 5432\n");
        PrivateBoot.Outcome outcome = machine.boot(UNIT, "cat /etc/sysctl.d/zz-berth.conf");
        assertThat(outcome.result()).as(outcome.unit()).isEqualTo("exit-code");
        assertThat(outcome.unit()).contains("/etc/berth/berth.yaml:3:1: unknown key 'localPorts'");
        assertThat(outcome.then()).isEqualTo("net.ipv4.ip_local_reserved_ports = 5432\n");
    }
}
