package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.platform.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class HoldersTest {
    @Test
    void each_socket_has_its_cause_and_they_come_in_order_of_precedence() {
        List<Holder> holders = Given.holders(Rows.of(
                "10.0.0.1:80 TIME_WAIT 10.0.0.2:5000 expires=41000",
                "10.0.0.1:80 ESTABLISHED 10.0.0.2:5001 inode=3",
                "127.0.0.1:80 BOUND inode=2",
                "127.0.0.1:80 LISTEN inode=1"));
        assertThat(holders)
                .extracting(Holder::cause)
                .containsExactly(Cause.LISTENER, Cause.BOUND_ONLY, Cause.CLIENT, Cause.TIME_WAIT);
    }

    @Test
    void udp_is_a_listener_unless_it_is_connected() {
        List<Holder> holders = Given.holders(
                Rows.of("0.0.0.0:53 BOUND udp inode=1", "10.0.0.1:53 ESTABLISHED 10.0.0.2:53 udp inode=2"));
        assertThat(holders).extracting(Holder::cause).containsExactly(Cause.LISTENER, Cause.CLIENT);
    }

    @Test
    void a_connection_beside_a_listener_was_accepted_and_a_self_connect_never_was() {
        List<Holder> holders = Given.holders(Rows.of(
                "0.0.0.0:80 LISTEN inode=1",
                "10.0.0.1:80 ESTABLISHED 10.0.0.2:5000 inode=2",
                "10.0.0.1:80 ESTABLISHED 10.0.0.1:80 inode=3"));
        assertThat(holders)
                .extracting(Holder::cause, Holder::inode, Holder::accepted)
                .containsExactly(
                        tuple(Cause.LISTENER, 1L, false),
                        tuple(Cause.CLIENT, 3L, false),
                        tuple(Cause.CLIENT, 2L, true));
    }

    @Test
    void a_socket_of_two_processes_makes_two_holders_and_each_process_is_asked_for_once() {
        var asked = new ArrayList<Integer>();
        List<Holder> holders = Holders.of(
                Rows.of("0.0.0.0:80 LISTEN inode=1", "127.0.0.1:80 LISTEN inode=2"),
                Given.owners(1, 9, 1, 7, 2, 7),
                pid -> {
                    asked.add(pid);
                    return Given.process(pid);
                },
                Given.NETNS);
        assertThat(holders).hasSize(3);
        assertThat(asked).containsExactlyInAnyOrder(7, 9);
    }

    @Test
    void a_socket_without_a_process_says_why() {
        List<Holder> holders = Holders.of(
                Rows.of("10.0.0.1:80 TIME_WAIT 10.0.0.2:5000 expires=1", "10.0.0.1:80 LISTEN inode=5"),
                Given.owners(5, 77),
                pid -> Optional.empty(),
                Given.NETNS);
        assertThat(holders)
                .extracting(Holder::noProcess)
                .containsExactly(Owner.Reason.NO_DESCRIPTOR, Owner.Reason.KERNEL_HELD);
    }
}
