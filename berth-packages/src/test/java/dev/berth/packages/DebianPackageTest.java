package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Installed, used, replaced, removed and purged in a clean system. */
class DebianPackageTest {
    private static final String POLICY = "cp /usr/share/doc/berth/examples/berth.yaml /etc/berth/berth.yaml\n";
    private static final String ENABLE = """
            mkdir -p /etc/systemd/system/multi-user.target.wants
            ln -s /usr/lib/systemd/system/berth-ensure.service /etc/systemd/system/multi-user.target.wants
            """;

    private Path packages;
    private CleanRoot system;

    @BeforeEach
    void enter() throws Exception {
        packages = Made.packages();
        assumeTrue(DebianPackage.canBeMade(), "there is no dpkg-deb here");
        system = CleanRoot.open(packages);
    }

    @AfterEach
    void leave() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    private void install() throws Exception {
        system.run("dpkg --install /mnt/berth_*_amd64.deb");
    }

    @Test
    void it_answers_root_and_everybody_else_without_any_java() throws Exception {
        install();
        system.run(POLICY);
        assertThat(system.run("! command -v java")).isEmpty();
        String questions = """
                berth doctor
                berth why 1433
                berth ensure /etc/berth/berth.yaml --check || echo "ends with $?"
                """;
        assertThat(system.run(questions))
                .contains("Nothing wrong with the ports of this host.")
                .contains("tcp 1433 is free")
                .contains("SQL Server: 1433 is not reserved (none → 1433)")
                .endsWith("ends with 1\n");
        assertThat(system.runAsNobody(questions))
                .contains("Nothing wrong with the ports of this host.")
                .contains("tcp 1433 is free")
                .contains("SQL Server: 1433 is not reserved (none → 1433)")
                .endsWith("ends with 1\n");
    }

    @Test
    void everything_is_in_its_place_and_nothing_is_enabled() throws Exception {
        install();
        assertThat(system.run("dpkg --verify berth")).isEmpty();
        assertThat(system.run("stat -c '%a %U' /etc/berth; ls -A /etc/berth")).isEqualTo("755 root\n");
        assertThat(system.run("find /etc/systemd/system -name 'berth*'")).isEmpty();
        assertThat(system.run("test -f /usr/lib/systemd/system/berth-ensure.service && command -v berth"))
                .isEqualTo("/usr/bin/berth\n");
        assertThat(system.run("bash -c '. /usr/share/bash-completion/completions/berth && complete -p berth'"))
                .contains("berth");
        assertThat(system.run("zcat /usr/share/man/man1/berth-why.1.gz")).contains(".TH \"BERTH\\-WHY\" 1");
        assertThat(system.run("zcat /usr/share/doc/berth/changelog.gz")).startsWith("berth (");
        assertThat(system.run(
                        "grep -h '^Source:' /usr/share/doc/berth/copyright; dpkg-query -f '${Homepage}' -W berth"))
                .isEqualTo("Source: " + Release.site() + "\n" + Release.site());
    }

    @Test
    void what_changed_nothing_leaves_nothing() throws Exception {
        String before = system.listing();
        install();
        String questions = """
                berth doctor
                berth why 1433
                berth ensure /usr/share/doc/berth/examples/berth.yaml --check || echo "ends with $?"
                """;
        assertThat(system.run(questions)).endsWith("ends with 1\n");
        assertThat(system.runAsNobody(questions)).endsWith("ends with 1\n");
        assertThat(system.run("dpkg --remove berth")).doesNotContain("berth: ");
        assertThat(system.listing()).isEqualTo(before);
        assertThat(system.run("dpkg --purge berth")).doesNotContain("berth: ");
        assertThat(system.listing()).isEqualTo(before);
    }

    @Test
    void a_reservation_stays_when_it_is_removed_and_purged() throws Exception {
        install();
        system.run(POLICY + ENABLE + "berth reserve 1433 --persist --yes");
        assertThat(system.run("dpkg --remove berth"))
                .contains("berth: berth-ensure.service is no longer enabled")
                .contains(
                        "berth: removing undoes nothing: what is reserved stays reserved, and until a purge these stay:"
                                + " /etc/sysctl.d/zz-berth.conf /etc/berth /var/lib/berth");
        assertThat(system.run("find /etc/systemd/system -name 'berth*'")).isEmpty();
        assertThat(system.run("ls /etc/berth /var/lib/berth"))
                .contains("berth.yaml")
                .contains("changes.jsonl");
        assertThat(system.run("dpkg --purge berth")).endsWith("""
                berth: /etc/berth is gone, with all that was in it
                berth: /var/lib/berth is gone, with all that was in it
                berth: /etc/sysctl.d/zz-berth.conf stays
                  holds: net.ipv4.ip_local_reserved_ports = 1433
                  why:   servers may count on it at each start
                  next:  rm /etc/sysctl.d/zz-berth.conf   (from the next start on)
                """);
        assertThat(reserved()).isEqualTo("1433\nnet.ipv4.ip_local_reserved_ports = 1433\n");
        assertThat(system.run("ls -d /etc/berth /var/lib/berth 2>/dev/null || true"))
                .isEmpty();
    }

    @Test
    void a_reservation_goes_when_that_was_said_before() throws Exception {
        install();
        system.run("berth reserve 1433 --persist --yes");
        system.run("touch /etc/berth/undo-on-purge");
        assertThat(system.run("dpkg --purge berth")).endsWith("""
                berth: /etc/sysctl.d/zz-berth.conf is gone, as /etc/berth/undo-on-purge wanted
                  held:  net.ipv4.ip_local_reserved_ports = 1433
                  why:   what runs keeps that until the next start
                  next:  restart, when it suits
                         or sysctl -w net.ipv4.ip_local_reserved_ports=   (empties the whole list, whoever put ports in it)
                """);
        assertThat(reserved()).isEqualTo("1433\n");
        assertThat(system.run("find / -xdev -name '*berth*' ! -path '/var/lib/dpkg/*' ! -path '/mnt/*'"))
                .isEmpty();
    }

    @Test
    void of_a_range_that_goes_it_says_no_more_than_that_a_restart_undoes_it() throws Exception {
        install();
        system.run("berth range set 10240-65535 --persist --yes && touch /etc/berth/undo-on-purge");
        assertThat(system.run("dpkg --purge berth")).endsWith("""
                berth: /etc/sysctl.d/zz-berth.conf is gone, as /etc/berth/undo-on-purge wanted
                  held:  net.ipv4.ip_local_port_range = 10240 65535
                  why:   what runs keeps that until the next start
                  next:  restart, when it suits
                """);
    }

    private String reserved() throws Exception {
        return system.run(
                "cat /proc/sys/net/ipv4/ip_local_reserved_ports; grep -sv '^#' /etc/sysctl.d/zz-berth.conf || true");
    }

    @Test
    void policy_journal_and_what_is_enabled_outlive_a_newer_and_an_older_version() throws Exception {
        install();
        system.run(POLICY + ENABLE + "berth ensure /etc/berth/berth.yaml --yes");
        String changes = system.run("berth changes --json");
        for (String version : List.of("9.0", "0.0.1")) {
            Path other = of(version);
            system.run("dpkg --install /mnt/" + packages.relativize(other));
            assertThat(system.run("dpkg-query --show berth")).isEqualTo("berth\t" + version + "\n");
            assertThat(system.run("berth changes --json")).isEqualTo(changes);
            assertThat(system.run("berth ensure /etc/berth/berth.yaml --check")).contains("are so");
            assertThat(system.run("find /etc/systemd/system -name berth-ensure.service -xtype f"))
                    .isNotEmpty();
        }
    }

    /** The same package under another version. */
    private Path of(String version) throws Exception {
        Path tree = Made.work().resolve("debian");
        Path control = tree.resolve("DEBIAN/control");
        String own = Files.readString(control);
        Path file = Files.createDirectories(packages.resolve("other")).resolve(version + ".deb");
        Files.writeString(control, own.replaceFirst("(?m)^Version: .*$", "Version: " + version));
        try {
            Tool.run(packages, Map.of(), List.of("dpkg-deb", "--build", "-Znone", tree.toString(), file.toString()));
        } finally {
            Files.writeString(control, own);
        }
        return file;
    }
}
