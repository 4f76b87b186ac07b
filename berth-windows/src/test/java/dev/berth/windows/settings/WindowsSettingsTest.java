package dev.berth.windows.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.SourcedRange;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsErrorException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WindowsSettingsTest {
    private static final String POWERSHELL = "powershell";

    /** A machine of mixed languages: what each command prints was published by somebody. */
    private final ToldWindows windows = new ToldWindows()
            .printing("netsh interface ipv4 show dynamicport tcp", sample("dynamic-en-wsl.txt"))
            .printing("netsh interface ipv6 show dynamicport tcp", sample("dynamic-ru.txt"))
            .printing("netsh interface ipv4 show dynamicport udp", sample("dynamic-fr.txt"))
            .printing("netsh interface ipv6 show dynamicport udp", sample("dynamic-ja.txt"))
            .printing(
                    "netsh interface ipv4 show excludedportrange protocol=tcp", sample("excluded-en-runner-after.txt"))
            .printing(
                    "netsh interface ipv6 show excludedportrange protocol=tcp", sample("excluded-en-runner-after.txt"))
            .printing("netsh interface ipv4 show excludedportrange protocol=udp", sample("excluded-en-udp.txt"))
            .printing("netsh interface ipv6 show excludedportrange protocol=udp", sample("excluded-zh-hans-empty.txt"))
            .printing(POWERSHELL, "\r\n0 0\r\n0 0\r\n \r\n");

    @Test
    void each_protocol_and_family_has_a_policy_of_its_own() {
        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.gaps()).isEmpty();
        assertThat(settings.policy(Protocol.TCP, Family.IPV4))
                .isEqualTo(new PortPolicy(
                        new PortRange(1024, 15_000),
                        PortSet.parse("55679"),
                        List.of(new SourcedRange(PortRange.of(55_679), "netsh (administered)")),
                        List.of(
                                new ExcludedRange(PortRange.of(80), false),
                                new ExcludedRange(PortRange.of(5986), false),
                                new ExcludedRange(PortRange.of(47_001), false),
                                new ExcludedRange(PortRange.of(55_679), true)),
                        1,
                        new PortPolicy.Persistent(
                                new PortRange(1024, 15_000),
                                "netsh store=persistent",
                                PortSet.parse("80,5986,47001,55679"),
                                "netsh store=persistent")));
        assertThat(settings.policy(Protocol.TCP, Family.IPV6).dynamic()).isEqualTo(new PortRange(49_152, 65_535));
        assertThat(settings.policy(Protocol.UDP, Family.IPV4).excludedBySystem())
                .isEqualTo(PortSet.parse("56030-56229"));
        assertThat(settings.policy(Protocol.UDP, Family.IPV6).excluded()).isEmpty();
    }

    @Test
    void the_settings_that_plans_change_have_both_ranges_and_the_exclusions_of_each_family() {
        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.running("tcp.dynamicport")).isEqualTo("1024-15000 ipv6 49152-65535");
        assertThat(settings.running("udp.dynamicport")).isEqualTo("49152-65535");
        assertThat(settings.running("tcp.ipv4.excludedportrange")).isEqualTo("55679");
        assertThat(settings.running("udp.ipv6.excludedportrange")).isEmpty();
    }

    @Test
    void what_one_family_alone_excludes_is_told_of_that_family() {
        windows.printing(
                "netsh interface ipv6 show excludedportrange protocol=tcp", sample("excluded-en-runner-before.txt"));

        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.running("tcp.ipv4.excludedportrange")).isEqualTo("55679");
        assertThat(settings.running("tcp.ipv6.excludedportrange")).isEmpty();
    }

    @Test
    void a_table_that_cannot_be_read_is_a_gap_and_no_default() {
        windows.printing("netsh interface ipv6", "Der Befehl wurde nicht gefunden: \u201eshow\u201c\r\nmehr")
                .answering("netsh interface ipv4 show excludedportrange protocol=udp", new Tools.Run.TooLate());

        Settings settings = WindowsSettings.read(windows);

        String refused = "netsh printed 'Der Befehl wurde nicht gefunden: ?show?', and ended with 0";
        assertThat(settings.gaps())
                .containsExactlyInAnyOrder(
                        new Gap("the dynamic range (tcp ipv6, udp ipv6)", refused),
                        new Gap("the excluded ports (tcp ipv6, udp ipv6)", refused),
                        new Gap("what the next start sets (tcp ipv6, udp ipv6)", refused),
                        new Gap("the excluded ports (udp ipv4)", "netsh did not end in time"),
                        new Gap("what the next start sets (udp ipv4)", "netsh did not end in time"));
        assertThat(settings.policy(Protocol.TCP, Family.IPV6).dynamic()).isNull();
        assertThat(settings.policy(Protocol.TCP, Family.IPV4).dynamic()).isNotNull();
        assertThat(settings.running("tcp.dynamicport"))
                .as("only one family's is known")
                .isNull();
    }

    @Test
    void a_netsh_that_prints_nothing_is_told_once_for_each_table() {
        assertThat(WindowsSettings.readEvery(new ToldWindows()).gaps())
                .containsExactly(
                        new Gap("the dynamic range", "netsh printed nothing, and ended with 0"),
                        new Gap("the excluded ports", "netsh printed nothing, and ended with 0"),
                        new Gap("what the next start sets", "netsh printed nothing, and ended with 0"),
                        new Gap(
                                "the range of ports that connections share",
                                "powershell printed nothing, and ended with 0"));
    }

    @Test
    void an_empty_persistent_store_proves_nothing_where_somebody_excluded_ports() {
        windows.printing(
                "netsh interface ipv4 show excludedportrange protocol=tcp store=persistent",
                sample("excluded-zh-hans-empty.txt"));

        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.policy(Protocol.TCP).persistent().reserved()).isNull();
        assertThat(settings.gaps()).extracting(Gap::what).containsExactly("what the next start sets (tcp ipv4)");
    }

    @Test
    void the_block_that_hns_stars_is_nobodys_and_in_no_store() {
        String hns = "netsh interface ipv4 show excludedportrange protocol=tcp";
        windows.printing(hns, sample("excluded-en-singles.txt")) // with 50000-50059 *
                .printing(hns + " store=persistent", sample("excluded-zh-hans-empty.txt"));

        assertThat(WindowsSettings.read(windows).gaps()).isEmpty();

        windows.with(Registry.HNS, "ExcludedPortRangeStartPort", new RegistryValue.Dword(40_000));
        assertThat(WindowsSettings.read(windows).gaps()).hasSize(1);
    }

    @Test
    void values_of_the_registry_are_told_where_they_are_with_nothing_said_of_their_effect() {
        windows.with(Registry.TCPIP, "MaxUserPort", new RegistryValue.Dword(65_534))
                .with(Registry.TCPIP, "ReservedPorts", new RegistryValue.Lines(List.of("1433-1433", "5000-5010")))
                .with(Registry.HNS, "EnableExcludedPortRange", new RegistryValue.Dword(0));

        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.tunables().get("registry.MaxUserPort"))
                .isEqualTo(new Tunable(
                        "registry.MaxUserPort",
                        null,
                        List.of(new Assignment(
                                "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\MaxUserPort",
                                0,
                                "65534"))));
        assertThat(value(settings, "registry.ReservedPorts")).isEqualTo("1433-1433,5000-5010");
        assertThat(value(settings, "registry.EnableExcludedPortRange")).isEqualTo("0");
        assertThat(settings.tunables()).doesNotContainKey("registry.TcpTimedWaitDelay");
    }

    @Test
    void a_value_of_another_type_than_windows_takes_is_told_from_one_it_takes() {
        windows.with(Registry.TCPIP, "MaxUserPort", new RegistryValue.Text("65534"))
                .with(Registry.TCPIP, "TcpTimedWaitDelay", new RegistryValue.Lines(List.of("30")))
                .with(Registry.TCPIP, "TcpNumConnections", new RegistryValue.Other(11, 8))
                .with(Registry.TCPIP, "ReservedPorts", new RegistryValue.Dword(1433));

        Settings settings = WindowsSettings.read(windows);

        assertThat(value(settings, "registry.MaxUserPort")).isEqualTo("text '65534'");
        assertThat(value(settings, "registry.TcpTimedWaitDelay")).isEqualTo("lines '30'");
        assertThat(value(settings, "registry.TcpNumConnections")).isEqualTo("8 bytes of type 11");
        assertThat(value(settings, "registry.ReservedPorts")).isEqualTo("number 1433");
    }

    @Test
    void what_refuses_is_a_gap() {
        windows.refusing(new WindowsErrorException("RegOpenKeyExW", WindowsErrorException.ACCESS_DENIED));

        assertThat(WindowsSettings.read(windows).gaps())
                .hasSize(13)
                .contains(new Gap(
                        "registry.MaxUserPort",
                        "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\MaxUserPort cannot be read: "
                                + "RegOpenKeyExW failed with error 5"));
    }

    @Test
    void services_that_take_blocks_of_ports_are_told_where_they_are_installed() {
        windows.with(new ServiceEntry("WinNat", "Windows NAT Driver", 0, true))
                .with(new ServiceEntry("hns", "Host Network Service", 0, false))
                .with(new ServiceEntry("Spooler", "Print Spooler", 42, true));

        Settings settings = WindowsSettings.read(windows);

        assertThat(settings.running("service.winnat")).isEqualTo("running");
        assertThat(settings.running("service.hns")).isEqualTo("stopped");
        assertThat(settings.running("service.spooler")).isNull();
    }

    @Test
    void the_range_that_connections_share_is_told_where_all_profiles_agree() {
        windows.printing(POWERSHELL, "10000 50000\r\n \r\n10000 50000\r\n");
        Settings settings = WindowsSettings.readEvery(windows);
        assertThat(settings.number("AutoReusePortRangeStartPort")).hasValue(10_000);
        assertThat(settings.number("AutoReusePortRangeNumberOfPorts")).hasValue(50_000);

        windows.printing(POWERSHELL, "10000 50000\r\n0 0\r\n");
        assertThat(WindowsSettings.readEvery(windows).number("AutoReusePortRangeStartPort"))
                .isEmpty();
    }

    private static String value(Settings settings, String name) {
        Tunable tunable = Objects.requireNonNull(settings.tunables().get(name));
        return Objects.requireNonNull(tunable.persistent()).value();
    }

    private static String sample(String file) {
        return NetshSample.of(file).output();
    }
}
