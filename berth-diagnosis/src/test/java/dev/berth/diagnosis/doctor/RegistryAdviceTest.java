package dev.berth.diagnosis.doctor;

import static dev.berth.diagnosis.doctor.CheckupTest.expect;
import static dev.berth.diagnosis.doctor.CheckupTest.found;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.Rows;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.Tunable.Assignment;
import org.junit.jupiter.api.Test;

class RegistryAdviceTest {
    private static final SocketColumns NONE = Rows.of();
    private static final String KEY = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\";

    @Test
    void a_value_that_netsh_replaced_is_told_with_what_takes_it_out() throws HostReadException {
        expect(found(with("MaxUserPort", "65534"), NONE), """
                info legacy-setting
                registry.MaxUserPort=65534 (HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip\\Parameters\\MaxUserPort) was \
                replaced by netsh with Windows Vista and Server 2008
                  Since Windows Vista and Server 2008 netsh sets the first port of the dynamic range and how many there \
                are, as berth range set does; no source shows that the value is still read. It is documented for Windows \
                2000, XP and Server 2003: the highest port of automatic choice, which starts at 1025.
                  $ berth registry remove MaxUserPort
                """);
    }

    @Test
    void a_value_that_nobody_shows_to_be_read_is_told() throws HostReadException {
        assertThat(found(with("TcpTimedWaitDelay", "30"), NONE))
                .contains("registry.TcpTimedWaitDelay=30 (" + KEY + "TcpTimedWaitDelay) is not known to do anything")
                .contains("No source shows that this version reads it")
                .doesNotContain("takes a number");
    }

    @Test
    void what_windows_could_not_take_anyway_is_told_too() throws HostReadException {
        assertThat(found(with("MaxUserPort", "text 'lots'"), NONE))
                .contains("MaxUserPort takes a number from 5000 to 65534, and not text 'lots'.")
                .doesNotContain("$");
        assertThat(found(with("TcpTimedWaitDelay", "5"), NONE)).contains("takes a number from 30 to 300, and not 5.");
    }

    @Test
    void what_the_host_networking_service_keeps_for_itself_is_no_advice() throws HostReadException {
        assertThat(found(with("ExcludedPortRangeStartPort", "50000"), NONE)).isEmpty();
        assertThat(found(with("EnableExcludedPortRange", "1"), NONE)).isEmpty();
        assertThat(found(with("EnableExcludedPortRange", "0"), NONE)).contains("blocks of 100 excluded ports");
    }

    private static Settings with(String name, String value) {
        return Given.withLine(
                Given.settings("49152-65535", ""), "registry." + name, null, new Assignment(KEY + name, 0, value));
    }
}
