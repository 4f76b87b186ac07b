package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import dev.berth.platform.Gap;
import dev.berth.platform.InodeSet;
import dev.berth.platform.Owner;
import dev.berth.platform.Owner.Reason;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnerSearchTest {
    private static final String ALL_CAPABILITIES = "Name:\tberth\nCapEff:\t000001ffffffffff\n";
    private static final String NO_CAPABILITIES = "Name:\tberth\nCapEff:\t0000000000000000\n";
    private static final String KTHREADD = "2 (kthreadd) S 0 0 0 0 -1 2129984 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0";
    private static final String SHELL = "9 (sh) S 1 9 9 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 5 0 0 0";

    private final FilesInMemory files = new FilesInMemory()
            .with("/proc/self/status", ALL_CAPABILITIES)
            .with("/proc/self/mounts", "proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0\n")
            .with("/proc/2/stat", KTHREADD)
            .with("/proc/9/stat", SHELL);

    @Test
    void a_socket_held_by_two_processes_has_both() throws Exception {
        Owners owners = search((query, sink) -> {
            sink.holds(43, 7);
            sink.holds(42, 7);
        });

        assertThat(owners.of(7)).isEqualTo(new Owner.Held(List.of(42, 43)));
        assertThat(owners.complete()).isTrue();
        assertThat(owners.gaps()).isEmpty();
    }

    @Test
    void a_socket_without_inode_is_held_by_the_kernel() throws Exception {
        assertThat(search((query, sink) -> {}).of(0)).isEqualTo(new Owner.Nobody(Reason.KERNEL_HELD));
    }

    @Test
    void nobody_among_all_processes_means_no_descriptor() throws Exception {
        Owners owners = search((query, sink) -> {});

        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.NO_DESCRIPTOR));
        assertThat(owners.complete()).isTrue();
    }

    @Test
    void nobody_among_the_readable_processes_means_not_permitted() throws Exception {
        files.with("/proc/self/status", NO_CAPABILITIES);

        Owners owners = search((query, sink) -> sink.hidden(9));

        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.NOT_PERMITTED));
        assertThat(owners.complete()).isFalse();
        assertThat(owners.gaps())
                .containsExactly(new Gap(
                        "descriptors of 1 process of other users",
                        "berth runs without CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH; run it as root"));
    }

    @Test
    void the_one_capability_that_is_missing_is_named_alone() throws Exception {
        files.with("/proc/self/status", "CapEff:\t0000000000000004\n");

        assertThat(search((query, sink) -> sink.hidden(9)).gaps())
                .extracting(Gap::why)
                .containsExactly("berth runs without CAP_SYS_PTRACE; run it as root");
    }

    @Test
    void a_process_that_even_root_may_not_look_into_is_named() throws Exception {
        assertThat(search((query, sink) -> sink.hidden(9)).gaps())
                .containsExactly(new Gap(
                        "descriptors of 1 process", "the system hides them even from root, as a sandbox may: pid 9"));
    }

    @Test
    void a_hidden_kernel_thread_hides_nothing() throws Exception {
        Owners owners = search((query, sink) -> sink.hidden(2));

        assertThat(owners.gaps()).isEmpty();
        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.NO_DESCRIPTOR));
    }

    @Test
    void a_proc_that_conceals_processes_is_named_with_its_option() throws Exception {
        files.with("/proc/self/status", NO_CAPABILITIES)
                .with("/proc/self/mounts", "proc /proc proc rw,relatime,hidepid=invisible 0 0\n");

        Owners owners = search((query, sink) -> {});

        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.NOT_PERMITTED));
        assertThat(owners.complete()).isFalse();
        assertThat(owners.gaps())
                .containsExactly(
                        new Gap(
                                "processes of other users",
                                "/proc is mounted with hidepid=invisible, and berth runs without CAP_SYS_PTRACE; run it as root"));
    }

    @Test
    void hidepid_hides_nothing_from_who_may_trace() throws Exception {
        files.with("/proc/self/mounts", "proc /proc proc rw,hidepid=2 0 0\n");

        assertThat(search((query, sink) -> {}).of(7)).isEqualTo(new Owner.Nobody(Reason.NO_DESCRIPTOR));
    }

    @Test
    void without_kernel_threads_in_sight_the_holder_may_be_in_another_pid_namespace() throws Exception {
        files.with("/proc/2/stat", SHELL);

        Owners owners = search((query, sink) -> {});

        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.OTHER_PID_NAMESPACE));
        assertThat(owners.complete()).isFalse();
        assertThat(owners.gaps()).extracting(Gap::what).containsExactly("processes outside of this pid namespace");
    }

    @Test
    void a_pid_namespace_with_all_the_holders_is_complete() throws Exception {
        files.with("/proc/2/stat", SHELL);

        Owners owners = search((query, sink) -> sink.holds(9, 7));

        assertThat(owners.complete()).isTrue();
        assertThat(owners.gaps()).isEmpty();
    }

    @Test
    void a_search_that_stopped_early_does_not_know_of_the_others() throws Exception {
        Owners owners = search((query, sink) -> {
            sink.holds(9, 8);
            sink.stoppedEarly();
        });

        assertThat(owners.of(7)).isEqualTo(new Owner.Nobody(Reason.NOT_LOOKED));
        assertThat(owners.complete()).isFalse();
    }

    private Owners search(FilesAndDescriptors.Walk walk) throws Exception {
        var wanted = new InodeSet();
        wanted.add(7);
        return OwnerSearch.find(new FilesAndDescriptors(files, walk), OwnerQuery.everyHolder(wanted));
    }
}
