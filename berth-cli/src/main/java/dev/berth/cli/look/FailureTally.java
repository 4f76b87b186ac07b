package dev.berth.cli.look;

import dev.berth.cli.look.FailureGroup.Kind;
import dev.berth.cli.look.FailureGroup.News;
import dev.berth.cli.look.FailureGroup.Sum;
import dev.berth.platform.PortFailure;
import dev.berth.platform.PortFailure.Call;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
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
    private static final int MOST_GROUPS = 10_000;
    private static final int MOST_SUMS = 10_000;
    private static final int MOST_LINES_A_SECOND = 100;
    private static final long SECOND = 1_000_000_000;

    private final IntFunction<Optional<ProcessInfo>> processes;
    private final Map<Kind, FailureGroup> groups = new LinkedHashMap<>();
    private final Set<FailureGroup> untold = new LinkedHashSet<>();
    private final Map<Call, Long> totals = new EnumMap<>(Call.class);
    private int sums;
    private long beyond;
    private long secondStart;
    private int lines;

    /** @param processes what more there is to know of a process */
    public FailureTally(IntFunction<Optional<ProcessInfo>> processes) {
        this.processes = processes;
    }

    public void add(PortFailure failure) {
        totals.merge(failure.call(), 1L, Long::sum);
        var kind = Kind.of(failure);
        FailureGroup group = groups.get(kind);
        if (group == null) {
            if (groups.size() == MOST_GROUPS) {
                beyond++;
                return;
            }
            group = new FailureGroup(failure);
            groups.put(kind, group);
        }
        untold.add(group);
        if (group.knows(failure)) {
            group.add(failure);
        } else if (sums < MOST_SUMS) {
            sums++;
            group.add(failure, () -> process(failure));
        } else {
            beyond++;
            group.add(failure);
        }
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
            FailureGroup group = all.next();
            if (group.isDue(nanos, SECOND)) {
                all.remove();
                news.add(group.tell(nanos));
                lines++;
            }
        }
        return news;
    }

    /** How many there were. */
    public long total() {
        long total = 0;
        for (long one : totals.values()) {
            total += one;
        }
        return total;
    }

    /** How many of that call there were. */
    public long total(Call call) {
        return totals.getOrDefault(call, 0L);
    }

    /** How many are in no sum, because there were more processes and kinds than are kept apart. */
    public long beyond() {
        return beyond;
    }

    /** The largest first. */
    public List<FailureGroup> groups() {
        var all = new ArrayList<>(groups.values());
        all.sort(Comparator.comparingLong(FailureGroup::count).reversed());
        return all;
    }

    /** Those of each process, the largest first. */
    public List<Sum> sums() {
        var all = new ArrayList<Sum>();
        for (FailureGroup group : groups.values()) {
            all.addAll(group.sums());
        }
        all.sort(Comparator.comparingLong(Sum::count).reversed());
        return all;
    }
}
