package dev.berth.linux.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.SocketId;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagDestroyTest {
    private static final String HEADER = "48000000" + "1500" + "0500" + "01000000" + "00000000"; // struct nlmsghdr

    private static String request(SocketId socket) {
        byte[] sent = new byte[72];
        DiagDestroy.request(socket).bytes().get(0, sent);
        return HexFormat.of().formatHex(sent);
    }

    @Test
    void a_connection_is_named_by_both_its_ends_its_device_and_its_cookie() {
        var socket = new SocketId(
                Protocol.TCP,
                Endpoint.parse("10.0.0.1:1433"),
                Endpoint.parse("10.0.0.2:443"),
                3,
                0x1122_3344_5566_7788L);
        assertThat(request(socket))
                .isEqualTo(HEADER + "02060000" + "ffffffff" + "0599" + "01bb"
                        + "0a000001" + "00".repeat(12) + "0a000002" + "00".repeat(12)
                        + "03000000" + "88776655" + "44332211");
    }

    @Test
    void a_udp_socket_without_a_remote_end_is_named_by_its_local_one() {
        var socket = new SocketId(Protocol.UDP, Endpoint.parse("[::1]:5353"), null, 0, 7);
        assertThat(request(socket))
                .isEqualTo(HEADER + "0a110000" + "ffffffff" + "14e9" + "0000"
                        + "00".repeat(15) + "01" + "00".repeat(16)
                        + "00000000" + "07000000" + "00000000");
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.ENOENT, Errno.ESTALE})
    void a_socket_that_is_not_there_is_gone(int error) {
        assertThat(DiagDestroy.outcome(error)).isInstanceOf(ActOutcome.Gone.class);
    }

    @Test
    void a_refusal_names_the_capability() {
        assertThat(DiagDestroy.outcome(Errno.EPERM)).isEqualTo(new ActOutcome.NotPermitted("CAP_NET_ADMIN"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EOPNOTSUPP, Errno.EINVAL})
    void a_kernel_that_cannot_says_since_when_others_can(int error) {
        assertThat(DiagDestroy.outcome(error))
                .isEqualTo(new ActOutcome.NotOnThisSystem("this kernel cannot end a connection: it is older than Linux"
                        + " 4.5, or built without CONFIG_INET_DIAG_DESTROY"));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM, Errno.EAGAIN})
    void what_may_pass_has_failed_and_is_not_called_missing(int error) {
        assertThat(DiagDestroy.outcome(new NativeCallException("socket", error)))
                .isEqualTo(new ActOutcome.Failed("sock_diag could not be asked: socket: " + Errno.name(error)));
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EPERM, Errno.EACCES})
    void a_policy_that_forbids_the_question_is_no_lack_of_the_system(int error) {
        assertThat(DiagDestroy.outcome(new NativeCallException("socket", error)))
                .isInstanceOf(ActOutcome.NotPermitted.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT, Errno.ECONNREFUSED, Errno.ENOSYS})
    void a_kernel_without_sock_diag_has_no_such_act(int error) {
        assertThat(DiagDestroy.outcome(new NativeCallException("socket", error)))
                .isInstanceOf(ActOutcome.NotOnThisSystem.class);
    }

    @Test
    void any_other_error_is_named() {
        assertThat(DiagDestroy.outcome(Errno.ENOBUFS)).isEqualTo(new ActOutcome.Failed("SOCK_DESTROY: ENOBUFS"));
    }
}
