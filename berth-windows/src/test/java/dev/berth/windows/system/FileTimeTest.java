package dev.berth.windows.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FileTimeTest {
    @Test
    void a_file_time_counts_from_1601_in_units_of_100_ns() {
        assertThat(FileTime.of(Instant.EPOCH)).isEqualTo(116_444_736_000_000_000L);
        assertThat(FileTime.of(Instant.parse("1601-01-01T00:00:00.0000005Z"))).isEqualTo(5);
        assertThat(FileTime.instant(133_752_672_000_000_001L)).isEqualTo("2024-11-05T08:00:00.0000001Z");
    }
}
