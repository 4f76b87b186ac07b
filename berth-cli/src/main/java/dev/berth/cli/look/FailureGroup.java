package dev.berth.cli.look;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SystemError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Failures of programs of one name at one thing: a client that starts a process for each call is one program. */
public final class FailureGroup {
    private final PortFailure first;
    private final Map<Integer, Sum> sums = new LinkedHashMap<>();
    private Instant lastAt;
    private long count;
    private long told;
    private long toldAtNanos;
    private boolean moreProcesses;

    FailureGroup(PortFailure first) {
        this.first = first;
        lastAt = first.when();
    }

    /** What failures have in common that are summed up. */
    record Kind(
            PortFailure.Call call,
            @Nullable String process,
            @Nullable IpAddress source,
            @Nullable Endpoint destination,
            SystemError error,
            @Nullable NetworkNamespace netns) {
        static Kind of(PortFailure failure) {
            return new Kind(
                    failure.call(),
                    failure.process(),
                    failure.source(),
                    failure.destination(),
                    failure.error(),
                    failure.netns());
        }
    }

    /** Those of one process. */
    public static final class Sum {
        private final PortFailure first;
        private final @Nullable ProcessInfo process;
        private Instant lastAt;
        private long count;
        private long told;

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
     * @param by the processes whose they are, as far as they are kept apart
     */
    public record News(FailureGroup group, List<Sum> by, long count) {}

    /** Whether its process is one that is kept apart already. */
    boolean knows(PortFailure failure) {
        return sums.containsKey(failure.pid());
    }

    /** Makes room for its process. */
    void add(PortFailure failure, Supplier<@Nullable ProcessInfo> process) {
        sums.computeIfAbsent(failure.pid(), _ -> new Sum(failure, process.get()));
        add(failure);
    }

    /** Adds it without telling its process from others. */
    void add(PortFailure failure) {
        count++;
        lastAt = failure.when();
        Sum sum = sums.get(failure.pid());
        if (sum == null) {
            moreProcesses = true;
        } else {
            sum.count++;
            sum.lastAt = failure.when();
        }
    }

    boolean isDue(long nanos, long pause) {
        return told == 0 || nanos - toldAtNanos >= pause;
    }

    News tell(long nanos) {
        var by = new ArrayList<Sum>();
        for (Sum sum : sums.values()) {
            if (sum.count > sum.told) {
                sum.told = sum.count;
                by.add(sum);
            }
        }
        var news = new News(this, by, count - told);
        told = count;
        toldAtNanos = nanos;
        return news;
    }

    public PortFailure first() {
        return first;
    }

    public Instant lastAt() {
        return lastAt;
    }

    public long count() {
        return count;
    }

    /** By process, in the order in which they failed first. */
    public Collection<Sum> sums() {
        return sums.values();
    }

    /** Whether there were more processes than are kept apart. */
    public boolean moreProcesses() {
        return moreProcesses;
    }
}
