package dev.berth.linux.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.FilesInMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceNameTest {
    private static final FilesInMemory FILES =
            new FilesInMemory().with("/proc/self/stat", stat(4242, 777)).with("/proc/4242/stat", stat(4242, 777));

    private static final long HERE = Tasks.ownPidNamespace();

    private static String stat(int pid, int start) {
        return pid + " (java) S 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 " + start + " 0 0";
    }

    @Test
    void a_name_says_who_made_it_and_reads_back_the_same() {
        InstanceName name = InstanceName.next(FILES);

        assertThat(name.toString()).startsWith("berth-4242-777-");
        assertThat(InstanceName.parse(name.toString())).isEqualTo(name);
        assertThat(InstanceName.next(FILES)).isNotEqualTo(name);
    }

    @Test
    void the_instance_of_a_process_that_lives_is_not_stale() {
        assertThat(new InstanceName(4242, 777, HERE, 1).isStale(FILES)).isFalse();
    }

    @Test
    void the_instance_of_a_process_that_ended_is_stale_also_when_its_id_lives_on() {
        assertThat(new InstanceName(4243, 777, HERE, 1).isStale(FILES)).isTrue();
        assertThat(new InstanceName(4242, 776, HERE, 1).isStale(FILES)).isTrue();
    }

    @Test
    void the_instance_of_a_process_that_only_another_pid_namespace_knows_is_not_judged() {
        assertThat(new InstanceName(4243, 777, HERE + 1, 1).isStale(FILES)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "berth",
                "berth-1",
                "berth-1-2",
                "berth-1-2-3",
                "berth-1-2-3-4-5",
                "berth-x-2-3-4",
                "rtla-1-2-3-4",
                "berth-9999999999-1-1-1"
            })
    void instances_of_others_are_not_ours(String name) {
        assertThat(InstanceName.parse(name)).isNull();
    }
}
