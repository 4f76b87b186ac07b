package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.RegistryKnowledge.Standing;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RegistryKnowledgeTest {
    private static final String SERVER_2003 = "5.2.3790";
    private static final String SERVER_2008 = "6.0.6003";
    private static final String SERVER_2022 = "10.0.20348";

    @Test
    void the_same_value_stands_differently_on_each_version() {
        assertThat(standing("MaxUserPort", SERVER_2003)).isEqualTo(Standing.DOCUMENTED_HERE);
        assertThat(standing("MaxUserPort", SERVER_2008)).isEqualTo(Standing.REPLACED_BY_NETSH);
        assertThat(standing("MaxUserPort", SERVER_2022)).isEqualTo(Standing.REPLACED_BY_NETSH);
        assertThat(standing("ReservedPorts", SERVER_2022)).isEqualTo(Standing.REPLACED_BY_NETSH);
        assertThat(standing("TcpTimedWaitDelay", SERVER_2003)).isEqualTo(Standing.DOCUMENTED_HERE);
        assertThat(standing("TcpTimedWaitDelay", SERVER_2022)).isEqualTo(Standing.NOT_KNOWN);
        assertThat(standing("TcpNumConnections", SERVER_2022)).isEqualTo(Standing.NOT_KNOWN);
        assertThat(standing("AutoReusePortRangeStartPort", SERVER_2022)).isEqualTo(Standing.DOCUMENTED_HERE);
        assertThat(standing("AutoReusePortRangeStartPort", SERVER_2008)).isEqualTo(Standing.NOT_KNOWN);
    }

    @Test
    void what_no_page_documents_is_known_for_no_version() {
        for (String name : List.of("StrictTimeWaitSeqCheck", "EnableExcludedPortRange", "ExcludedPortRangeStartPort")) {
            for (String release : List.of(SERVER_2003, SERVER_2008, SERVER_2022)) {
                assertThat(standing(name, release)).as(name).isEqualTo(Standing.NOT_KNOWN);
            }
        }
    }

    @Test
    void a_version_that_cannot_be_read_is_none() {
        for (String release : List.of("", "ten", "6", "10.0", "99999999999.1")) {
            assertThat(of("MaxUserPort", release)).isNotNull();
        }
        assertThat(standing("MaxUserPort", "unknown")).isEqualTo(Standing.NOT_KNOWN);
    }

    @Test
    void names_have_no_case() {
        assertThat(of("tcptimedwaitdelay", SERVER_2022).name()).isEqualTo("TcpTimedWaitDelay");
        assertThat(RegistryKnowledge.of("TcpWindowSize", SERVER_2022)).isNull();
        assertThat(RegistryKnowledge.names()).contains("MaxUserPort").doesNotHaveDuplicates();
    }

    @Test
    void values_are_held_to_the_documented_limits() {
        var port = of("MaxUserPort", SERVER_2022);
        assertThat(port.objection("5000")).isNull();
        assertThat(port.objection("65534")).isNull();
        assertThat(port.objection("65535")).isEqualTo("MaxUserPort takes a number from 5000 to 65534, and not 65535.");
        assertThat(port.objection("4999")).isNotNull();
        assertThat(port.objection("text '65534'"))
                .isEqualTo("MaxUserPort takes a number from 5000 to 65534, and not text '65534'.");
        assertThat(port.objection("99999999999999999999")).isNotNull();
        var delay = of("TcpTimedWaitDelay", SERVER_2022);
        assertThat(delay.objection("30")).isNull();
        assertThat(delay.objection("300")).isNull();
        assertThat(delay.objection("29")).isNotNull();
        assertThat(of("StrictTimeWaitSeqCheck", SERVER_2022).objection("4294967295"))
                .isNull();
    }

    @Test
    void reserved_ports_are_runs() {
        var reserved = of("ReservedPorts", SERVER_2022);
        assertThat(reserved.objection("1433-1433,5000-5010")).isNull();
        for (String value : List.of("", "1433", "1433-", "5010-5000", "1-2,", "0-3", "1-70000", "number 1433")) {
            assertThat(reserved.objection(value)).as(value).isNotNull();
        }
    }

    private static Standing standing(String name, String release) {
        return of(name, release).standing();
    }

    private static RegistryKnowledge of(String name, String release) {
        return Objects.requireNonNull(RegistryKnowledge.of(name, release));
    }
}
