package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnersTest {
    private static final long HIGH_INODE = 4_000_000_000L; // above 2^31, where a signed number would turn negative

    @Test
    void every_holder_of_a_socket_is_listed_once_in_ascending_order() {
        var found = new Owners.Builder();
        found.add(HIGH_INODE, 40);
        found.add(7, 3);
        found.add(HIGH_INODE, 2);
        found.add(HIGH_INODE, 40);
        var owners = found.build(true, Owner.Reason.NO_DESCRIPTOR, List.of());
        assertThat(owners.of(HIGH_INODE)).isEqualTo(new Owner.Held(List.of(2, 40)));
        assertThat(owners.of(7)).isEqualTo(new Owner.Held(List.of(3)));
        assertThat(owners.firstPidOf(HIGH_INODE)).isEqualTo(2);
    }

    @Test
    void a_socket_without_an_inode_is_the_kernels_and_never_an_unknown_owner() {
        assertThat(Owners.notLooked().of(0)).isEqualTo(new Owner.Nobody(Owner.Reason.KERNEL_HELD));
    }

    @Test
    void a_socket_nobody_was_found_for_keeps_the_reason_of_the_search() {
        var owners = new Owners.Builder().build(true, Owner.Reason.NOT_PERMITTED, List.of(new Gap("a", "b")));
        assertThat(owners.of(9)).isEqualTo(new Owner.Nobody(Owner.Reason.NOT_PERMITTED));
        assertThat(owners.firstPidOf(9)).isZero();
        assertThat(owners.gaps()).hasSize(1);
    }

    @Test
    void what_two_threads_gathered_becomes_one() {
        var one = new Owners.Builder();
        var other = new Owners.Builder();
        for (int pid = 1; pid <= 500; pid++) {
            (pid % 2 == 0 ? one : other).add(pid * 10L, pid);
        }
        one.addAll(other);
        var owners = one.build(true, Owner.Reason.NO_DESCRIPTOR, List.of());
        for (int pid = 1; pid <= 500; pid++) {
            assertThat(owners.of(pid * 10L)).isEqualTo(new Owner.Held(List.of(pid)));
        }
    }
}
