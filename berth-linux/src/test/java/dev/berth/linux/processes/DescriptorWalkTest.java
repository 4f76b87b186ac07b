package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real processes for their kinship, made-up descriptors. */
@EnabledOnOs(OS.LINUX)
class DescriptorWalkTest {
    private static final int SELF = Math.toIntExact(ProcessHandle.current().pid());
    private static final long INODE = 7;
    private static final int MANY = 100_000;

    private final Set<Integer> looked = new ConcurrentSkipListSet<>();
    private final Set<Integer> readToTheEnd = new ConcurrentSkipListSet<>();
    private final Set<Integer> manyFirst = new HashSet<>(); // processes with many other descriptors before the one
    private final Told told = new Told();

    @Test
    void the_first_family_ends_the_walk_and_says_so() throws Exception {
        Process child = new ProcessBuilder("sleep", "600").start();
        try {
            int childPid = Math.toIntExact(child.pid());

            walk(OwnerQuery.firstFamily(wanted()), Map.of(SELF, INODE, childPid, INODE), before(strangers(), childPid));

            assertThat(told.holders).containsExactlyInAnyOrder(SELF, childPid);
            assertThat(told.stoppedEarly).isTrue();
            assertThat(looked).hasSizeLessThan(strangers().length);
        } finally {
            child.destroyForcibly().waitFor(20, TimeUnit.SECONDS);
        }
    }

    @Test
    void a_walk_that_wants_every_holder_looks_into_all() {
        walk(OwnerQuery.everyHolder(wanted()), Map.of(SELF, INODE), before(strangers()));

        assertThat(looked).hasSize(strangers().length + 1);
        assertThat(told.stoppedEarly).isFalse();
    }

    @Test
    void a_family_that_is_everybody_is_no_early_stop() {
        walk(OwnerQuery.firstFamily(wanted()), Map.of(SELF, INODE), new int[] {SELF});

        assertThat(told.holders).containsExactly(SELF);
        assertThat(told.stoppedEarly).isFalse();
    }

    @Test
    void init_does_not_end_a_search_because_everyone_is_its_relative() {
        int[] strangers = strangers();
        int[] pids = IntStream.concat(IntStream.of(1), IntStream.of(strangers)).toArray();

        walk(OwnerQuery.firstFamily(wanted()), Map.of(1, INODE, strangers[500], INODE), pids);

        assertThat(told.holders).containsExactlyInAnyOrder(1, strangers[500]);
    }

    @Test
    void the_sink_is_called_by_one_thread_at_a_time() {
        walk(OwnerQuery.everything(), Map.of(), before(strangers()));

        assertThat(told.hidden).hasSize(strangers().length + 1);
        assertThat(told.overlapped).isFalse();
    }

    @Test
    void a_process_of_many_descriptors_is_not_read_to_its_end_where_another_is_found_to_hold() {
        int many = strangers()[0];
        manyFirst.add(many);

        walk(OwnerQuery.firstFamily(wanted()), Map.of(SELF, INODE), new int[] {many, SELF});

        assertThat(told.holders).containsExactly(SELF);
        assertThat(readToTheEnd).containsExactly(SELF);
        assertThat(told.stoppedEarly).isTrue();
    }

    @Test
    void what_a_process_holds_behind_many_other_descriptors_is_found_after_all() {
        int[] strangers = strangers();
        manyFirst.add(strangers[0]);

        walk(OwnerQuery.firstFamily(wanted()), Map.of(strangers[0], INODE), strangers);

        assertThat(told.holders).containsExactly(strangers[0]);
        assertThat(told.stoppedEarly).isFalse();
    }

    private void walk(OwnerQuery query, Map<Integer, Long> descriptors, int[] pids) {
        boolean hideAll = query.inodes() == null;
        new DescriptorWalk(query, told, () -> new DescriptorReader() {
                    @Override
                    public Outcome read(int pid, OwnerQuery asked, SocketInodes into, IntPredicate enough) {
                        looked.add(pid);
                        if (manyFirst.contains(pid) && enough.test(MANY)) {
                            return Outcome.ABANDONED;
                        }
                        readToTheEnd.add(pid);
                        Long inode = descriptors.get(pid);
                        if (inode != null) {
                            into.add(3, inode);
                        }
                        return hideAll ? Outcome.HIDDEN : Outcome.READ;
                    }

                    @Override
                    public boolean holdsAny(int pid, int[] numbers, OwnerQuery asked) {
                        return descriptors.containsKey(pid)
                                && Arrays.stream(numbers).anyMatch(number -> number == 3);
                    }

                    @Override
                    public void close() {}
                })
                .over(pids);
    }

    private static InodeSet wanted() {
        var wanted = new InodeSet();
        wanted.add(INODE);
        return wanted;
    }

    /** Ids that no process has: above the kernel's limit, linux/threads.h. */
    private static int[] strangers() {
        return IntStream.range(4_194_305, 4_204_305).toArray();
    }

    private static int[] before(int[] strangers, int... relatives) {
        return IntStream.concat(IntStream.of(SELF), IntStream.concat(IntStream.of(strangers), IntStream.of(relatives)))
                .toArray();
    }

    private static final class Told implements DescriptorSink {
        private final ReentrantLock inside = new ReentrantLock();
        private final Set<Integer> holders = new TreeSet<>();
        private final Set<Integer> hidden = new TreeSet<>();
        private volatile boolean overlapped;
        private boolean stoppedEarly;

        @Override
        public void holds(int pid, long inode) {
            alone(() -> holders.add(pid));
        }

        @Override
        public void hidden(int pid) {
            alone(() -> hidden.add(pid));
        }

        @Override
        public void stoppedEarly() {
            stoppedEarly = true;
        }

        private void alone(Runnable action) {
            if (!inside.tryLock()) {
                overlapped = true;
                return;
            }
            try {
                action.run();
            } finally {
                inside.unlock();
            }
        }
    }
}
