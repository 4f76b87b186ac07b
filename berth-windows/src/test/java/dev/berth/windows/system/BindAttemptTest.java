package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.IpAddress;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.SystemError;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BindAttemptTest {
    @Test
    void an_address_is_laid_out_as_winsock_takes_it() {
        assertThat(hex("10.0.0.7", 1433)).isEqualTo("020005990a0000070000000000000000");
        assertThat(hex("2001:db8::7", 1433)).isEqualTo("170005990000000020010db800000000000000000000000700000000");
    }

    private static String hex(String address, int port) {
        return HexFormat.of().formatHex(BindAttempt.socketAddress(IpAddress.parse(address), port));
    }

    @Test
    void only_bind_refuses_a_port() {
        assertThat(BindAttempt.outcome(new WindowsErrorException("bind", 10_013)))
                .isEqualTo(new BindOutcome.Refused(new SystemError("WSAEACCES", 10_013)));
        assertThat(BindAttempt.outcome(new WindowsErrorException("bind", 10_099)))
                .isEqualTo(new BindOutcome.Refused(new SystemError("WSA10099", 10_099)));
    }

    @Test
    void without_ipv6_nothing_is_tried_and_the_lack_of_the_family_is_told() {
        BindOutcome outcome = BindAttempt.outcome(new WindowsErrorException("WSASocketW", 10_047));
        assertThat(outcome).isInstanceOfSatisfying(BindOutcome.NotTried.class, notTried -> {
            assertThat(notTried.lacksAddressFamily()).isTrue();
            assertThat(notTried.why()).isEqualTo("WSASocketW failed: WSAEAFNOSUPPORT (10047)");
        });
    }
}
