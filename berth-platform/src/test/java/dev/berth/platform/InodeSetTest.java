package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class InodeSetTest {
    @Test
    void it_agrees_with_a_plain_set_of_numbers() {
        Cases.of(random -> random.longs(random.nextInt(2_000), 0, 1L << 32).toArray())
                .count(100)
                .forEach(inodes -> {
                    var set = new InodeSet();
                    var plain = new TreeSet<Long>();
                    for (long inode : inodes) {
                        set.add(inode);
                        plain.add(inode);
                    }
                    plain.remove(0L);
                    assertThat(set.toArray())
                            .containsExactly(
                                    plain.stream().mapToLong(Long::longValue).toArray());
                    assertThat(set.size()).isEqualTo(plain.size());
                    for (long inode : inodes) {
                        assertThat(set.contains(inode)).isEqualTo(inode != 0);
                        assertThat(set.contains(inode + (1L << 32))).isFalse();
                    }
                });
    }

    @Test
    void no_inode_is_never_a_member() {
        var set = new InodeSet();
        set.add(0);
        assertThat(set.isEmpty()).isTrue();
        assertThat(set.contains(0)).isFalse();
    }
}
