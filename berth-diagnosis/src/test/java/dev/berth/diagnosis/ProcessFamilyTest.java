package dev.berth.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketColumns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessFamilyTest {
    private static final SocketColumns LISTENER = Rows.of("0.0.0.0:80 LISTEN inode=1");

    /** Higher process ids started earlier, as after the ids have wrapped around. */
    private static List<ProcessFamily> families(SocketColumns rows, int... owners) {
        return ProcessFamily.of(Holders.of(
                rows,
                Given.owners(owners),
                pid -> Optional.of(
                        new ProcessInfo(pid, "p" + pid, null, "root", Instant.ofEpochSecond(1000 - pid), null, null)),
                Given.NETNS));
    }

    @Test
    void of_those_who_share_a_socket_the_first_to_start_stands_for_all() {
        assertThat(families(LISTENER, 1, 7, 1, 8, 1, 9))
                .extracting(family -> family.first().pid(), ProcessFamily::others)
                .containsExactly(tuple(9, 2));
    }

    @Test
    void a_worker_with_connections_of_its_own_still_belongs_to_its_server() {
        SocketColumns rows = Rows.of("0.0.0.0:80 LISTEN inode=1", "10.0.0.1:80 ESTABLISHED 10.0.0.2:5000 inode=2");
        assertThat(families(rows, 1, 9, 1, 7, 2, 7))
                .extracting(family -> family.first().pid(), ProcessFamily::others)
                .containsExactly(tuple(9, 1));
    }

    @Test
    void those_who_share_nothing_are_families_of_one() {
        SocketColumns rows = Rows.of("127.0.0.1:80 LISTEN inode=1", "127.0.0.2:80 LISTEN inode=2");
        assertThat(families(rows, 1, 7, 2, 8))
                .extracting(family -> family.first().pid(), ProcessFamily::others)
                .containsExactly(tuple(7, 0), tuple(8, 0));
    }

    @Test
    void the_process_that_is_the_system_does_not_hide_the_server_it_started() {
        assertThat(families(LISTENER, 1, 1, 1, 7))
                .extracting(family -> family.first().pid(), ProcessFamily::others)
                .containsExactly(tuple(7, 0));
    }
}
