package dev.berth.cli.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.PortFailure;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SystemError;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureTallyTest {
    private static final long SECOND = 1_000_000_000;

    private final FailureTally tally = new FailureTally(pid ->
            Optional.of(new ProcessInfo(pid, pid == 13 ? "another" : "shop", "/opt/shop", null, null, null, null)));

    private void fail(int pid, int times) {
        fail("10.0.0.9:5432", pid, times);
    }

    private void fail(String to, int pid, int times) {
        for (int i = 0; i < times; i++) {
            tally.add(new PortFailure(
                    Instant.EPOCH,
                    PortFailure.Call.CONNECT,
                    IpAddress.ANY_V4,
                    Endpoint.parse(to),
                    pid,
                    "shop",
                    new SystemError("EADDRNOTAVAIL", 99),
                    null));
        }
    }

    private String news(long nanos) {
        var text = new StringBuilder();
        for (FailureGroup.News news : tally.news(nanos)) {
            text.append(String.join(
                            ",",
                            news.by().stream()
                                    .map(sum -> String.valueOf(sum.first().pid()))
                                    .toList()))
                    .append(" x ")
                    .append(news.count())
                    .append(' ');
        }
        return text.toString().strip();
    }

    @Test
    void what_is_new_is_told_at_once_and_what_goes_on_once_a_second() {
        fail(12, 3);
        assertThat(news(SECOND)).isEqualTo("12 x 3");
        fail(12, 10_000);
        fail("10.0.0.9:443", 14, 1);
        assertThat(news(SECOND + SECOND / 50)).isEqualTo("14 x 1");
        assertThat(news(2 * SECOND - 1)).isEmpty();
        assertThat(news(2 * SECOND)).isEqualTo("12 x 10000");
        assertThat(news(3 * SECOND)).isEmpty();
        assertThat(tally.total()).isEqualTo(10_004);
    }

    @Test
    void no_more_than_a_hundred_lines_are_told_in_a_second_and_none_is_forgotten() {
        for (int port = 1000; port < 1150; port++) {
            fail("10.0.0.9:" + port, 12, 1);
        }
        assertThat(tally.news(SECOND)).hasSize(100);
        assertThat(tally.news(SECOND + 1)).isEmpty();
        assertThat(tally.news(2 * SECOND)).hasSize(50);
    }

    @Test
    void processes_of_one_name_that_fail_at_the_same_thing_are_one_group_and_one_line() {
        for (int pid = 1000; pid < 1060; pid++) {
            fail(pid, 2);
        }
        fail("10.0.0.9:443", 1000, 1);
        assertThat(tally.news(SECOND))
                .extracting(news -> news.by().size() + " x " + news.count())
                .containsExactly("60 x 120", "1 x 1");
        fail(1003, 1);
        assertThat(news(2 * SECOND)).as("only who failed again").isEqualTo("1003 x 1");
        assertThat(tally.groups()).extracting(FailureGroup::count).containsExactly(121L, 1L);
        assertThat(tally.sums()).hasSize(61);
    }

    @Test
    void processes_beyond_those_that_are_kept_apart_count_in_their_group_all_the_same() {
        for (int pid = 1; pid <= 10_005; pid++) {
            fail(pid, 1);
        }
        fail(1, 1);
        assertThat(tally.groups()).singleElement().satisfies(group -> {
            assertThat(group.count()).isEqualTo(10_006);
            assertThat(group.moreProcesses()).isTrue();
        });
        assertThat(tally.sums()).hasSize(10_000);
        assertThat(tally.beyond()).isEqualTo(5);
        assertThat(tally.total()).isEqualTo(10_006);
    }

    @Test
    void more_kinds_than_are_kept_are_counted() {
        for (int port = 1; port <= 10_005; port++) {
            fail("10.0.0.9:" + port, 12, 1);
        }
        fail("10.0.0.9:1", 12, 1);
        assertThat(tally.groups()).hasSize(10_000);
        assertThat(tally.beyond()).isEqualTo(5);
        assertThat(tally.total()).isEqualTo(10_006);
    }

    @Test
    void a_process_that_has_become_another_lends_it_no_details() {
        fail(12, 1);
        fail(13, 1);
        assertThat(tally.sums())
                .extracting(sum -> String.valueOf(
                        sum.process() == null ? null : sum.process().command()))
                .containsExactly("/opt/shop", "null");
    }
}
