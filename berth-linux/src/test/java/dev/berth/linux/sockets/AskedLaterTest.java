package dev.berth.linux.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.DiagRefusedException;
import dev.berth.platform.HostReadException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class AskedLaterTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(8);
    private final Answer answer = new Answer();
    private int asked;

    /** Has one datagram. */
    private static final class Answer implements Datagrams {
        private boolean read;
        private boolean closed;

        @Override
        public boolean receive(ByteBuffer into) {
            boolean more = !read;
            read = true;
            return more;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private AskedLater later() {
        return new AskedLater(() -> {
            asked++;
            return answer;
        });
    }

    @Test
    void the_kernel_is_asked_once_and_not_before_somebody_reads() throws Exception {
        var later = later();
        assertThat(asked).isZero();

        assertThat(later.receive(buffer)).isTrue();
        assertThat(later.receive(buffer)).isFalse();

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void what_was_never_asked_for_has_nothing_to_close() {
        later().close();

        assertThat(asked).isZero();
    }

    @Test
    void closing_closes_the_answer() throws Exception {
        var later = later();
        later.receive(buffer);

        later.close();

        assertThat(answer.closed).isTrue();
    }

    @Test
    void nothing_is_asked_any_more_after_the_close() {
        var later = later();
        later.close();

        assertThatThrownBy(() -> later.receive(buffer)).isInstanceOf(IllegalStateException.class);
        assertThat(asked).isZero();
    }

    @Test
    void a_refusal_of_the_rest_says_why() {
        var later = new AskedLater(() -> {
            throw new DiagRefusedException("socket: EMFILE (24)");
        });

        assertThatThrownBy(() -> later.receive(buffer))
                .isInstanceOfSatisfying(
                        HostReadException.class, e -> assertThat(e.why()).endsWith("for the rest socket: EMFILE (24)"));
    }
}
