package dev.berth.linux.processes;

import dev.berth.linux.kernel.DescriptorSink;
import dev.berth.linux.processes.DescriptorReader.Outcome;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.OwnerQuery.Effort;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One walk over the descriptors of all processes: two threads take process ids from one queue. The kernel lets both read
 * at full speed, and neither waits for a process that has many.
 */
final class DescriptorWalk {
    private static final int INIT = 1; // holds the sockets it activates services with, and everyone is its relative

    /** So many descriptors of a holder tell whether a relative shares any: servers open theirs before they fork. */
    private static final int TELLING = 32;

    /**
     * So many descriptors of each process, and then what the kernel has told at once, are read before any is read to its end, where one
     * holder is enough: servers open what they listen on before anybody connects, so it is seldom further back, and a process may have a
     * million.
     */
    private static final int GLANCE = 100;

    private final OwnerQuery query;
    private final DescriptorSink sink; // guarded by this, as is holders
    private final Supplier<DescriptorReader> readers;
    private final Map<Integer, int[]> holders = new HashMap<>(); // with descriptors by which they hold
    private final Set<Integer> abandoned = ConcurrentHashMap.newKeySet();
    private volatile boolean found;

    DescriptorWalk(OwnerQuery query, DescriptorSink sink, Supplier<DescriptorReader> readers) {
        this.query = query;
        this.sink = sink;
        this.readers = readers;
    }

    /** Looks into the processes in this order, as far as the query wants. */
    void over(int[] pids) {
        int[] unlooked = lookInto(pids, query.effort() == Effort.FIRST_FAMILY ? GLANCE : Integer.MAX_VALUE);
        if (!found && unlooked.length > 0) {
            unlooked = lookInto(unlooked, Integer.MAX_VALUE);
        }
        if (unlooked.length > 0) {
            lookIntoFamily(familyAmong(unlooked));
            sink.stoppedEarly();
        }
    }

    /**
     * Until one is found that is enough.
     *
     * @param most how many descriptors of a process are read, unless one of them is wanted: then all
     * @return the processes that were not looked into, or not to the end
     */
    private int[] lookInto(int[] pids, int most) {
        abandoned.clear();
        var next = new AtomicInteger();
        var second = new FutureTask<>(() -> drain(pids, next, most), null);
        var thread = new Thread(second, "descriptors");
        thread.setDaemon(true);
        thread.start();
        drain(pids, next, most);
        await(second);
        int taken = Math.min(next.get(), pids.length);
        return IntStream.range(0, pids.length)
                .filter(at -> at >= taken || abandoned.contains(pids[at]))
                .map(at -> pids[at])
                .toArray();
    }

    private void drain(int[] pids, AtomicInteger next, int most) {
        try (var reader = readers.get()) {
            var inodes = new SocketInodes();
            while (!found) {
                int at = next.getAndIncrement();
                if (at >= pids.length) {
                    return;
                }
                look(pids[at], reader, inodes, read -> found || read >= most && inodes.size() == 0);
            }
        }
    }

    /** A descriptor keeps its number through fork(2): who has none of the holders' as they have it, does not share. */
    private void lookIntoFamily(int[] pids) {
        int[] descriptors = holders.values().stream()
                .flatMapToInt(Arrays::stream)
                .distinct()
                .toArray();
        try (var reader = readers.get()) {
            var inodes = new SocketInodes();
            for (int pid : pids) {
                if (reader.holdsAny(pid, descriptors, query)) {
                    look(pid, reader, inodes, _ -> false);
                }
            }
        }
    }

    private void look(int pid, DescriptorReader reader, SocketInodes inodes, IntPredicate enough) {
        inodes.clear();
        Outcome outcome = reader.read(pid, query, inodes, enough);
        if (outcome == Outcome.EMPTY) {
            outcome = readOtherThreads(pid, reader, inodes, enough);
        }
        switch (outcome) {
            case READ, EMPTY, ENDED -> report(pid, inodes);
            case ABANDONED -> abandoned.add(pid);
            case HIDDEN -> {
                synchronized (this) {
                    sink.hidden(pid);
                }
            }
        }
    }

    /** The first thread takes its view of the descriptors along when it ends; any other thread still has it. */
    private Outcome readOtherThreads(int pid, DescriptorReader reader, SocketInodes inodes, IntPredicate enough) {
        String[] threads = new File("/proc/" + pid + "/task").list();
        Outcome outcome = Outcome.EMPTY;
        for (int i = 0; threads != null && i < threads.length && outcome != Outcome.READ; i++) {
            int thread = Integer.parseInt(threads[i]);
            outcome = thread == pid ? Outcome.EMPTY : reader.read(thread, query, inodes, enough);
        }
        return outcome;
    }

    private synchronized void report(int pid, SocketInodes inodes) {
        for (int i = 0; i < inodes.size(); i++) {
            sink.holds(pid, inodes.get(i));
        }
        if (inodes.size() > 0 && pid != INIT && query.effort() == Effort.FIRST_FAMILY) {
            holders.put(pid, inodes.firstDescriptors(TELLING));
            found = true;
        }
    }

    /** The parents, the children and the brothers of the holders. */
    private int[] familyAmong(int[] unlooked) {
        Map<Integer, Integer> parents = new HashMap<>();
        for (int pid : unlooked) {
            parents.put(pid, parentOf(pid));
        }
        var elders = new HashSet<Integer>();
        for (int holder : holders.keySet()) {
            elders.add(parentOf(holder));
        }
        var begetters = new HashSet<>(elders);
        begetters.remove(INIT);
        begetters.remove(0);
        begetters.addAll(holders.keySet());
        return Arrays.stream(unlooked)
                .filter(pid -> elders.contains(pid) || begetters.contains(parents.get(pid)))
                .toArray();
    }

    /** 0 where the process has none, or has ended. */
    private static int parentOf(int pid) {
        try {
            ProcStat stat = ProcStat.parse(Files.readAllBytes(Path.of("/proc/" + pid + "/stat")));
            return stat == null ? 0 : stat.parent();
        } catch (IOException e) {
            return 0;
        }
    }

    private static void await(FutureTask<?> task) {
        boolean interrupted = false;
        while (true) {
            try {
                task.get();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // it ends by itself, and soon
            } catch (ExecutionException e) {
                throw new IllegalStateException("the second thread of the walk failed", e.getCause());
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
