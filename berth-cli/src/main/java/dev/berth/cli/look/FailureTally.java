package dev.berth.cli.look;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SystemError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Failures summed up by who failed at what, however many there are. For one thread. */
public final class FailureTally {
    private static final int MOST_SUMS = 10_000;
    private static final int MOST_LINES_A_SECOND = 100;
    private static final long SECOND = 1_000_000_000;

    private final IntFunction<Optional<ProcessInfo>> processes;
    private final Map<Kind, Sum> sums = new LinkedHashMap<>();
    private final Set<Sum> untold = new LinkedHashSet<>();
    private long total;
    private long beyond;
    private long secondStart;
    private int lines;

    /** @param processes what more there is to know of a process */
    public FailureTally(IntFunction<Optional<ProcessInfo>> processes) {
        this.processes = processes;
    }

    /** What failures have in common that are summed up. */
    private record Kind(
            PortFailure.Call call,
            int pid,
            @Nullable String process,
            @Nullable IpAddress source,
            @Nullable Endpoint destination,
            SystemError error,
            @Nullable NetworkNamespace netns) {}

    /** Failures of one process at one thing. */
    public static final class Sum {
        private final PortFailure first;
        private final @Nullable ProcessInfo process;
        private Instant lastAt;
        private long count;
        private long told;
        private long toldAtNanos;

        private Sum(PortFailure first, @Nullable ProcessInfo process) {
            this.first = first;
            this.process = process;
            lastAt = first.when();
        }

        public PortFailure first() {
            return first;
        }

        /** Null where the thread that called had ended and nobody remembers its name. */
        public @Nullable ProcessInfo process() {
            return process;
        }

        public Instant lastAt() {
            return lastAt;
        }

        public long count() {
            return count;
        }
    }

    /**
     * Some failures that have not been told.
     *
     * @param sum all of their kind
     */
    public record News(Sum sum, long count) {}

    public void add(PortFailure failure) {
        total++;
        var kind = new Kind(
                failure.call(),
                failure.pid(),
                failure.process(),
                failure.source(),
                failure.destination(),
                failure.error(),
                failure.netns());
        Sum sum = sums.get(kind);
        if (sum == null) {
            if (sums.size() == MOST_SUMS) {
                beyond++;
                return;
            }
            sum = new Sum(failure, process(failure));
            sums.put(kind, sum);
        }
        sum.count++;
        sum.lastAt = failure.when();
        untold.add(sum);
    }

    /** What {@code /proc} says of it, where that is still the same process. */
    private @Nullable ProcessInfo process(PortFailure failure) {
        String name = failure.process();
        if (name == null) {
            return null;
        }
        return processes
                .apply(failure.pid())
                .filter(process -> Objects.equals(process.name(), name))
                .orElseGet(() -> new ProcessInfo(failure.pid(), name, null, null, null, null, null));
    }

    /**
     * What is to be told now: a kind that is new at once, one that goes on once a second, and no more than a hundred in a second.
     *
     * @param nanos of {@link System#nanoTime}
     */
    public List<News> news(long nanos) {
        if (untold.isEmpty()) {
            return List.of();
        }
        if (nanos - secondStart >= SECOND) {
            secondStart = nanos;
            lines = 0;
        }
        var news = new ArrayList<News>();
        for (var all = untold.iterator(); all.hasNext() && lines < MOST_LINES_A_SECOND; ) {
            Sum sum = all.next();
            if (sum.told == 0 || nanos - sum.toldAtNanos >= SECOND) {
                all.remove();
                news.add(new News(sum, sum.count - sum.told));
                sum.told = sum.count;
                sum.toldAtNanos = nanos;
                lines++;
            }
        }
        return news;
    }

    /** How many there were. */
    public long total() {
        return total;
    }

    /** How many are in no sum, because there were more kinds than are kept. */
    public long beyond() {
        return beyond;
    }

    /** The largest first. */
    public List<Sum> sums() {
        var all = new ArrayList<>(sums.values());
        all.sort(Comparator.comparingLong(Sum::count).reversed());
        return all;
    }
}
