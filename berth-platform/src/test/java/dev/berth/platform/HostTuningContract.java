package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.PortSet;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every way to change settings owes its callers. Each test starts from the kernel's defaults and no file. */
public abstract class HostTuningContract {
    protected static final String RANGE = "net.ipv4.ip_local_port_range";
    protected static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    protected static final String REUSE = "net.ipv4.tcp_tw_reuse";

    protected abstract HostTuning tuning() throws Exception;

    /** A value that a test expects to be there. */
    protected final String text(String setting, Place place) throws Exception {
        Reading reading = tuning().read(setting, place);
        assertThat(reading).isInstanceOf(Reading.Value.class);
        return ((Reading.Value) reading).text();
    }

    protected final void set(String setting, Place place, String text) throws Exception {
        assertThat(tuning().write(setting, place, text)).isEqualTo(new ActOutcome.Done());
    }

    @Test
    void a_running_value_is_read_back_with_one_blank_between_its_words() throws Exception {
        set(RANGE, Place.RUNNING, "20000 20999");

        assertThat(text(RANGE, Place.RUNNING)).isEqualTo("20000 20999");
    }

    @Test
    void a_list_of_ports_reads_back_as_the_same_ports() throws Exception {
        set(RESERVED, Place.RUNNING, "8080,1433,8081-8090");

        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("1433,8080-8090");
    }

    @Test
    void a_write_replaces_the_whole_list_and_an_empty_one_clears_it() throws Exception {
        set(RESERVED, Place.RUNNING, "1433");
        set(RESERVED, Place.RUNNING, "5432");
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("5432");

        set(RESERVED, Place.RUNNING, "");
        assertThat(text(RESERVED, Place.RUNNING)).isEmpty();
    }

    @Test
    void two_thousand_ports_that_are_no_neighbours_are_all_reserved() throws Exception {
        everyOther(10_001, 2_000);
    }

    @Test
    void every_second_port_there_is_can_be_reserved() throws Exception {
        everyOther(1, 32_768);
    }

    /** Reserves so many ports, each the neighbour of none. */
    protected final void everyOther(int first, int count) throws Exception {
        String ports = IntStream.range(0, count)
                .mapToObj(i -> Integer.toString(first + 2 * i))
                .collect(Collectors.joining(","));
        set(RESERVED, Place.RUNNING, ports);

        assertThat(PortSet.parse(text(RESERVED, Place.RUNNING))).isEqualTo(PortSet.parse(ports));
    }

    @Test
    void a_list_that_only_grows_lets_go_of_none_for_a_moment() throws Exception {
        String first = "1433,65000";
        String grown = IntStream.range(0, 2_000)
                .mapToObj(i -> Integer.toString(10_001 + 2 * i))
                .collect(Collectors.joining(",", "1433,", ",65000"));
        HostTuning tuning = tuning();
        for (int i = 0; i < 30; i++) {
            set(RESERVED, Place.RUNNING, first);
            var done = new AtomicBoolean();
            var begun = new CountDownLatch(1);
            CompletableFuture<String> lost = CompletableFuture.supplyAsync(() -> {
                String now = "";
                do {
                    now = tuning.read(RESERVED, Place.RUNNING) instanceof Reading.Value(String text) ? text : "";
                    begun.countDown();
                } while (!done.get() && now.startsWith("1433,") && now.endsWith("65000"));
                return now;
            });
            begun.await();
            set(RESERVED, Place.RUNNING, grown);
            done.set(true);
            assertThat(lost.get()).startsWith("1433,").endsWith(",65000");
        }
    }

    @Test
    void what_is_refused_leaves_the_old_value() throws Exception {
        set(RESERVED, Place.RUNNING, "1433");

        ActOutcome outcome = tuning().write(RESERVED, Place.RUNNING, "8080,70000");

        assertThat(outcome).isInstanceOf(ActOutcome.Failed.class);
        assertThat(outcome.detail()).contains("refuses");
        assertThat(text(RESERVED, Place.RUNNING)).isEqualTo("1433");
    }

    @Test
    void a_running_setting_cannot_be_taken_away() throws Exception {
        String before = text(RANGE, Place.RUNNING);

        assertThat(tuning().write(RANGE, Place.RUNNING, null)).isInstanceOf(ActOutcome.Failed.class);

        assertThat(text(RANGE, Place.RUNNING)).isEqualTo(before);
    }

    @Test
    void a_setting_this_system_does_not_have_is_unset_and_cannot_be_set() throws Exception {
        String nowhere = "net.ipv4.no_such_setting";

        assertThat(tuning().read(nowhere, Place.RUNNING)).isEqualTo(new Reading.Unset());
        assertThat(tuning().write(nowhere, Place.RUNNING, "1")).isInstanceOf(ActOutcome.NotOnThisSystem.class);
        assertThat(tuning().obstacle(nowhere, Place.RUNNING)).isInstanceOf(ActOutcome.NotOnThisSystem.class);
    }

    @Test
    void nothing_is_in_the_way_of_what_can_be_done() throws Exception {
        for (Place place : Place.values()) {
            assertThat(tuning().obstacle(RANGE, place)).isNull();
        }
    }

    @Test
    void a_persistent_value_is_another_fact_than_the_running_one() throws Exception {
        String running = text(REUSE, Place.RUNNING);
        assertThat(tuning().read(REUSE, Place.PERSISTENT)).isEqualTo(new Reading.Unset());

        set(REUSE, Place.PERSISTENT, "1");

        assertThat(text(REUSE, Place.PERSISTENT)).isEqualTo("1");
        assertThat(text(REUSE, Place.RUNNING)).isEqualTo(running);
    }

    @Test
    void a_persistent_value_is_replaced_and_taken_out() throws Exception {
        set(REUSE, Place.PERSISTENT, "1");
        set(REUSE, Place.PERSISTENT, "0");
        assertThat(text(REUSE, Place.PERSISTENT)).isEqualTo("0");

        assertThat(tuning().write(REUSE, Place.PERSISTENT, null)).isEqualTo(new ActOutcome.Done());
        assertThat(tuning().read(REUSE, Place.PERSISTENT)).isEqualTo(new Reading.Unset());
    }

    @Test
    void what_is_not_there_may_be_taken_out() throws Exception {
        assertThat(tuning().write(REUSE, Place.PERSISTENT, null)).isEqualTo(new ActOutcome.Done());
    }

    @Test
    void persistent_values_do_not_disturb_each_other() throws Exception {
        set(RANGE, Place.PERSISTENT, "20000 20999");
        set(RESERVED, Place.PERSISTENT, "");
        set(REUSE, Place.PERSISTENT, "1");
        set(REUSE, Place.PERSISTENT, "0");

        assertThat(text(RANGE, Place.PERSISTENT)).isEqualTo("20000 20999");
        assertThat(text(RESERVED, Place.PERSISTENT)).isEmpty();
    }

    @Test
    void the_start_has_one_name() throws Exception {
        assertThat(tuning().startId()).isEqualTo(tuning().startId()).isNotEmpty();
    }
}
