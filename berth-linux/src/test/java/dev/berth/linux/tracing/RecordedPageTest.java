package dev.berth.linux.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.platform.PortFailure.Call;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page as a kernel gave it, against what the kernel itself prints of it. */
class RecordedPageTest {
    private static final int SET_STATE = 2287;
    private static final int EXIT_BIND = 2237;

    private final List<FailureEvent.Told> told = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    private long decode() throws Exception {
        var connects = FailedConnect.of(
                SET_STATE, Fields.parse("inet_sock_set_state", RecordedPage.text("inet_sock_set_state.format")));
        var binds = FailedCall.of(
                EXIT_BIND, Call.BIND, Fields.parse("sys_exit_bind", RecordedPage.text("sys_exit_bind.format")));
        var layout = PageLayout.parse(RecordedPage.text("header_page"));
        var page = RecordedPage.page();
        return TracePage.decode(page, page.capacity(), layout, (bytes, at, length, time) -> {
            FailureEvent event = bytes.getShort(at) == SET_STATE ? connects : binds;
            told.add(event.decode(bytes, at, length));
            nanos.add(time);
        });
    }

    @Test
    void every_event_is_there_once_and_none_is_lost() throws Exception {
        assertThat(decode()).isZero();

        assertThat(told)
                .extracting(one -> one.call().label())
                .containsExactly("connect", "connect", "connect", "connect", "connect", "bind", "bind");
        assertThat(told)
                .extracting(one -> String.valueOf(one.destination()))
                .containsExactly(
                        "127.0.0.1:99",
                        "[2001:db8::1]:99",
                        "127.0.0.1:99",
                        "127.0.0.1:99",
                        "127.0.0.1:99",
                        "null",
                        "null");
        assertThat(told)
                .extracting(one -> String.valueOf(one.source()))
                .containsExactly("127.0.0.1", "2001:db8::1", "127.0.0.1", "127.0.0.1", "127.0.0.1", "null", "null");
        assertThat(told)
                .extracting(one -> one.error().name())
                .containsExactly(
                        "EADDRNOTAVAIL",
                        "EADDRNOTAVAIL",
                        "EADDRNOTAVAIL",
                        "EADDRNOTAVAIL",
                        "EADDRNOTAVAIL",
                        "EADDRINUSE",
                        "EADDRNOTAVAIL");
    }

    @Test
    void times_are_those_the_kernel_prints() throws Exception {
        decode();

        assertThat(nanos)
                .extracting(time -> (time + 500) / 1000)
                .containsExactly(
                        12_225_115_078L,
                        12_225_316_202L,
                        12_225_516_688L,
                        12_225_516_831L,
                        12_225_516_911L,
                        12_225_717_230L,
                        12_225_717_455L);
    }
}
