package dev.berth.linux.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.kernel.FilesOnDisk;
import dev.berth.linux.kernel.LibC;
import dev.berth.platform.InodeSet;
import dev.berth.platform.Owner;
import dev.berth.platform.Owner.Reason;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Owners;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real processes that hold real sockets, read in both ways. */
@EnabledOnOs(OS.LINUX)
class LiveDescriptorsTest {
    enum Way {
        SYSTEM_CALLS,
        PATHS;

        LiveDescriptors descriptors() {
            return new LiveDescriptors(this == PATHS ? null : Objects.requireNonNull(LibC.here()));
        }
    }

    private static final String LISTENER = """
            import array, os, socket, subprocess, sys
            s = socket.socket(); s.bind(('127.0.0.1', 0)); s.listen()
            inode = os.fstat(s.fileno()).st_ino
            """;
    private static final String TWO_CHILDREN = """
            r, w = os.pipe()
            children = []
            for _ in range(2):
                child = os.fork()
                if child == 0:
                    os.close(w); os.read(r, 1); os._exit(0)
                children.append(child)
            os.close(r)
            print(inode, os.getpid(), *children, flush=True)
            """;
    private static final String UNTIL_THE_TEST_IS_DONE = "sys.stdin.read()\n";

    @BeforeEach
    void needs_the_whole_machine_in_sight() {
        assumeTrue(
                Privileges.read(new FilesOnDisk()).missingCapabilities().isEmpty(),
                "needs CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH: run as root");
    }

    /** What this machine hides even from root, as a sandbox's supervisor may be: the tests look past it. */
    private final Set<Integer> hiddenFromAll = new HashSet<>();

    @BeforeEach
    void some_processes_may_be_hidden_even_from_root() throws Exception {
        new LiveDescriptors(null).walk(OwnerQuery.everything(), new DescriptorSink() {
            @Override
            public void holds(int pid, long inode) {}

            @Override
            public void hidden(int pid) {
                hiddenFromAll.add(pid);
            }

            @Override
            public void stoppedEarly() {}
        });
    }

    @ParameterizedTest
    @EnumSource
    void every_process_that_inherited_a_socket_is_a_holder(Way way) throws Exception {
        try (var script = Script.start(LISTENER + TWO_CHILDREN + UNTIL_THE_TEST_IS_DONE)) {
            List<Long> told = script.numbers();

            Owners owners = everyHolder(way, told.getFirst());

            assertThat(owners.of(told.getFirst())).isEqualTo(new Owner.Held(pids(told)));
            assertThat(owners.complete()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_search_for_the_first_family_finds_parent_and_children(Way way) throws Exception {
        try (var script = Script.start(LISTENER + TWO_CHILDREN + UNTIL_THE_TEST_IS_DONE)) {
            List<Long> told = script.numbers();

            Owners owners = find(way, OwnerQuery.firstFamily(set(told.getFirst())));

            assertThat(owners.of(told.getFirst())).isEqualTo(new Owner.Held(pids(told)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_service_holds_the_socket_its_activator_opened(Way way) throws Exception {
        String activator = LISTENER + """
                service = subprocess.Popen(['sleep', '600'], pass_fds=[s.fileno()])
                print(inode, os.getpid(), service.pid, flush=True)
                sys.stdin.read()
                service.kill()
                """;
        try (var script = Script.start(activator)) {
            List<Long> told = script.numbers();

            assertThat(everyHolder(way, told.getFirst()).of(told.getFirst())).isEqualTo(new Owner.Held(pids(told)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_whose_first_thread_has_ended_still_holds_its_sockets(Way way) throws Exception {
        String headless = LISTENER + """
                import ctypes, threading
                def rest():
                    while open('/proc/self/stat').read().rsplit(')', 1)[1].split()[0] != 'Z': pass
                    print(inode, os.getpid(), flush=True)
                    sys.stdin.read(); os._exit(0)
                threading.Thread(target=rest).start()
                ctypes.CDLL(None).pthread_exit(None)
                """;
        try (var script = Script.start(headless)) {
            List<Long> told = script.numbers();

            assertThat(everyHolder(way, told.getFirst()).of(told.getFirst())).isEqualTo(new Owner.Held(pids(told)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_descriptor_in_flight_is_nobodys(Way way) throws Exception {
        String inFlight = LISTENER + """
                a, b = socket.socketpair()
                a.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array('i', [s.fileno()]))])
                s.close()
                print(inode, flush=True)
                sys.stdin.read()
                """;
        try (var script = Script.start(inFlight)) {
            long inode = script.numbers().getFirst();
            boolean initial = Privileges.read(new FilesOnDisk()).initialPidNamespace();

            assertThat(everyHolder(way, inode).of(inode))
                    .isEqualTo(new Owner.Nobody(initial ? Reason.NO_DESCRIPTOR : Reason.OTHER_PID_NAMESPACE));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_process_that_ended_is_passed_over(Way way) throws Exception {
        long pid;
        try (var script = Script.start(LISTENER + "print(inode, flush=True)\n" + UNTIL_THE_TEST_IS_DONE)) {
            script.numbers();
            script.end();
            pid = script.pid();
        }
        try (DescriptorReader reader = way == Way.PATHS
                ? new PathDescriptorReader()
                : NativeDescriptorReader.open(Objects.requireNonNull(LibC.here()))) {
            var outcome = reader.read(Math.toIntExact(pid), OwnerQuery.everything(), new SocketInodes(), _ -> false);

            assertThat(outcome).isEqualTo(DescriptorReader.Outcome.ENDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void processes_that_come_and_go_do_not_stop_the_walk(Way way) throws Exception {
        String busy = LISTENER + """
                import threading
                done = []
                threading.Thread(target=lambda: done.append(sys.stdin.read())).start()
                print(inode, os.getpid(), flush=True)
                while not done:
                    subprocess.run(['true'])
                """;
        try (var script = Script.start(busy)) {
            List<Long> told = script.numbers();
            for (int i = 0; i < 20; i++) {
                Owners owners = everyHolder(way, told.getFirst());
                assertThat(owners.gaps()).isEmpty();
                assertThat(owners.firstPidOf(told.getFirst()))
                        .isEqualTo(pids(told).getFirst());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void both_ways_find_all_the_sockets_of_a_process(Way way) throws Exception {
        String many = """
                import os, socket, sys
                sockets = [socket.socket() for _ in range(3000)]
                print(os.getpid(), *[os.fstat(s.fileno()).st_ino for s in sockets], flush=True)
                sys.stdin.read()
                """;
        try (var script = Script.start(many, "prlimit", "--nofile=4096")) {
            List<Long> told = script.numbers();
            Owners owners = find(way, OwnerQuery.everything());

            assertThat(told.subList(1, told.size()))
                    .allMatch(
                            inode -> owners.firstPidOf(inode) == told.getFirst().intValue());
        }
    }

    @ParameterizedTest
    @EnumSource
    void no_descriptor_of_berth_itself_is_left_open(Way way) throws Exception {
        var descriptors = way.descriptors();
        find(descriptors, OwnerQuery.everything());
        Set<Path> before = open();

        find(descriptors, OwnerQuery.everything());

        assertThat(open()).hasSameSizeAs(before);
    }

    private static Set<Path> open() throws Exception {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return Set.copyOf(descriptors.toList());
        }
    }

    private static List<Integer> pids(List<Long> told) {
        return told.stream().skip(1).map(Math::toIntExact).sorted().toList();
    }

    private Owners everyHolder(Way way, long inode) throws Exception {
        return find(way, OwnerQuery.everyHolder(set(inode)));
    }

    private static InodeSet set(long inode) {
        var set = new InodeSet();
        set.add(inode);
        return set;
    }

    private Owners find(Way way, OwnerQuery query) throws Exception {
        return find(way.descriptors(), query);
    }

    private Owners find(LiveDescriptors descriptors, OwnerQuery query) throws Exception {
        return OwnerSearch.find(
                new FilesAndDescriptors(
                        new FilesOnDisk(),
                        (wanted, sink) -> descriptors.walk(wanted, new LookingPast(hiddenFromAll, sink))),
                query);
    }

    private record LookingPast(Set<Integer> pids, DescriptorSink sink) implements DescriptorSink {
        @Override
        public void holds(int pid, long inode) {
            sink.holds(pid, inode);
        }

        @Override
        public void hidden(int pid) {
            if (!pids.contains(pid)) {
                sink.hidden(pid);
            }
        }

        @Override
        public void stoppedEarly() {
            sink.stoppedEarly();
        }
    }
}
