package dev.berth.linux.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.HostReadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Pages made up after kernel/trace/ring_buffer.c, for what a quiet kernel does not show. */
class TracePageTest {
    private static final PageLayout LAYOUT = new PageLayout(8, 16, 256);
    private static final int PADDING = 29;
    private static final int TIME_STAMP = 31;

    private final ByteBuffer page =
            ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN).putLong(1000);
    private final List<String> events = new ArrayList<>();

    TracePageTest() {
        page.position(LAYOUT.data());
    }

    private TracePageTest head(int kind, int delta) {
        page.putInt(kind | delta << 5);
        return this;
    }

    private TracePageTest word(int word) {
        page.putInt(word);
        return this;
    }

    /** Decodes what was put; {@code flags} are the upper bits of the commit word. */
    private long decode(long flags) throws HostReadException {
        page.putLong(LAYOUT.commit(), page.position() - LAYOUT.data() | flags);
        return TracePage.decode(
                page,
                page.capacity(),
                LAYOUT,
                (bytes, at, length, nanos) -> events.add(bytes.getInt(at) + " of " + length + " at " + nanos));
    }

    @Test
    void a_page_without_events_is_empty() throws Exception {
        assertThat(decode(0)).isZero();
        assertThat(events).isEmpty();
    }

    @Test
    void a_long_event_says_its_length_in_a_word_that_counts_itself() throws Exception {
        head(0, 5).word(12).word(7).word(8).head(1, 1).word(9);

        decode(0);

        assertThat(events).containsExactly("7 of 8 at 1005", "9 of 4 at 1006");
    }

    @Test
    void a_withdrawn_event_is_passed_over_and_its_time_is_not() throws Exception {
        head(PADDING, 3).word(8).word(99).head(1, 1).word(7);

        decode(0);

        assertThat(events).containsExactly("7 of 4 at 1004");
    }

    @Test
    void padding_without_a_time_ends_the_page() throws Exception {
        head(1, 1).word(7).head(PADDING, 0).word(0).head(1, 1).word(8);

        decode(0);

        assertThat(events).containsExactly("7 of 4 at 1001");
    }

    @Test
    void a_time_stamp_replaces_the_time() throws Exception {
        head(TIME_STAMP, 4).word(1).head(1, 2).word(7);

        decode(0);

        assertThat(events).containsExactly("7 of 4 at " + ((1L << 27) + 6));
    }

    @Test
    void events_that_were_overwritten_are_counted() throws Exception {
        head(1, 1).word(7);
        page.putLong(page.position(), 4211);

        assertThat(decode(1L << 31 | 1L << 30)).isEqualTo(4211);
    }

    @Test
    void lost_events_that_the_kernel_did_not_count_are_at_least_one() throws Exception {
        head(1, 1).word(7);

        assertThat(decode(1L << 31)).isEqualTo(1);
    }

    @Test
    void a_page_that_claims_more_than_came_is_refused() {
        head(28, 1).word(7);

        assertThatThrownBy(() -> decode(0)).isInstanceOf(HostReadException.class);
        assertThatThrownBy(() -> decode(0xfffff)).isInstanceOf(HostReadException.class);
        assertThatThrownBy(() -> TracePage.decode(page, 8, LAYOUT, (bytes, at, length, nanos) -> {}))
                .isInstanceOf(HostReadException.class);
    }
}
