package dev.berth.linux.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.platform.HostReadException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RecordedDatagramsTest {
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    @Test
    void datagrams_come_back_in_order_and_then_end() throws Exception {
        var entry = new ByteArrayOutputStream();
        var out = new DataOutputStream(entry);
        RecordedDatagrams.append(out, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        RecordedDatagrams.append(out, ByteBuffer.wrap(new byte[300]));

        try (var datagrams = of(entry.toByteArray())) {
            assertThat(datagrams.receive(buffer)).isTrue();
            assertThat(buffer).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            assertThat(datagrams.receive(buffer)).isTrue();
            assertThat(buffer.remaining()).isEqualTo(300);
            assertThat(datagrams.receive(buffer)).isFalse();
        }
    }

    @Test
    void a_length_that_cannot_be_true_is_refused() {
        assertThatThrownBy(() -> of(new byte[] {-1, 0, 0, 0}).receive(buffer)).isInstanceOf(HostReadException.class);
        assertThatThrownBy(() -> of(new byte[] {0, 0, 0, 9, 1}).receive(buffer)).isInstanceOf(HostReadException.class);
        assertThatThrownBy(() -> of(new byte[] {0, 0}).receive(buffer)).isInstanceOf(HostReadException.class);
    }

    private static RecordedDatagrams of(byte[] entry) {
        return new RecordedDatagrams(new ByteArrayInputStream(entry));
    }
}
