package dev.berth.linux.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.platform.HostReadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Whatever a kernel gives, events come out that lie within it, or one kind of exception. Fuzzing: {@code JAZZER_FUZZ=1 mvn test
 * -Dtest=TracePageFuzzTest}.
 */
class TracePageFuzzTest {
    private static final PageLayout LAYOUT = new PageLayout(8, 16, 4096);

    @FuzzTest
    void bytes_are_a_page_or_refused(byte @NotNull [] bytes) {
        var page = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            TracePage.decode(page, bytes.length, LAYOUT, (where, at, length, nanos) -> {
                assertThat(at).isGreaterThanOrEqualTo(LAYOUT.data());
                assertThat(length).isBetween(0, bytes.length - at);
            });
        } catch (HostReadException refused) {
            // the one exception that may come out
        }
    }

    @FuzzTest
    void text_describes_a_page_and_an_event_or_is_refused(@NotNull String text) {
        try {
            PageLayout.parse(text);
            FailedConnect.of(1, Fields.parse("an event", text));
        } catch (HostReadException refused) {
            // the one exception that may come out
        }
    }
}
