package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.SettingNames;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closed connections skip TIME_WAIT, have done so, or are about to, because {@code tcp_max_tw_buckets} is reached.
 *
 * @param fill null where TIME_WAITs are not near the limit now
 * @param skipped closes since boot that made no TIME_WAIT
 * @param justSkipped how many of them since {@code earlier}
 */
record TimeWaitOverflow(
        @Nullable Fill fill,
        long skipped,
        long justSkipped,
        @Nullable EarlierLook earlier) implements Finding {

    private static final String SKIPPED = "TcpExt.TCPTimeWaitOverflow";
    private static final int NEARLY_FULL_PERCENT = 95;
    private static final long ENTRY_BYTES = 256; // the slab object of a TIME_WAIT on 64-bit Linux 6.18
    private static final long AMPLE = 131_072; // the kernel's own choice on a machine of a few GiB

    static void find(Examined host, Consumer<Finding> found) {
        Settings settings = host.settings();
        OptionalLong limit = settings.number(SettingNames.MOST_TIME_WAITS);
        OptionalLong timeWaits = settings.counter("sockstat.TCP.tw");
        Fill fill = limit.isEmpty() || timeWaits.isEmpty() ? null : new Fill(timeWaits.getAsLong(), limit.getAsLong());
        if (fill != null && !fill.reaches(NEARLY_FULL_PERCENT)) {
            fill = null;
        }
        long skipped = settings.counter(SKIPPED).orElse(0);
        EarlierLook earlier = host.earlier();
        long justSkipped = earlier == null ? 0 : earlier.rise(SKIPPED, settings);
        if (fill != null || skipped > 0) {
            found.accept(new TimeWaitOverflow(fill, skipped, justSkipped, earlier));
        }
    }

    @Override
    public String id() {
        return "time-wait-overflow";
    }

    @Override
    public Severity severity() {
        return fill != null || justSkipped > 0 ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        if (justSkipped > 0 && earlier != null) {
            return "%d closed connections skipped TIME_WAIT %s".formatted(justSkipped, earlier.within());
        }
        return fill != null
                ? "TIME_WAIT entries are %s of what tcp_max_tw_buckets allows".formatted(fill.percent())
                : "%d closed connections skipped TIME_WAIT since boot".formatted(skipped);
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        if (fill != null) {
            lines.add("There are %d TIME_WAIT entries, and %d is the limit.".formatted(fill.used(), fill.limit()));
        }
        if (skipped > 0) {
            lines.add(
                    "TCPTimeWaitOverflow is %d, a sum since boot or since the namespace was made.".formatted(skipped));
        }
        lines.add(
                "Above the limit a closed connection is forgotten at once: a late segment of it can reach a new connection "
                        + "of the same addresses and ports, and a peer whose last segment was lost is reset.");
        return List.copyOf(lines);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        if (severity() == Severity.INFO) { // the limit may have been raised since
            return List.of(EarlierLook.LOOK_TWICE);
        }
        OptionalLong now = settings.number(SettingNames.MOST_TIME_WAITS);
        long limit = Math.max(2 * now.orElse(0), AMPLE);
        String id = "raise-time-wait-limit";
        String summary =
                "allow %d TIME_WAIT entries until the next restart, at most %d MiB of memory; never lower the limit to free ports"
                        .formatted(limit, limit * ENTRY_BYTES >> 20);
        return List.of(
                now.isEmpty()
                        ? new Fix(id, summary, null, Fix.Risk.LOW, false)
                        : Fix.until(
                                id,
                                summary,
                                Fix.Risk.LOW,
                                new Aim.Assign(SettingNames.MOST_TIME_WAITS, Long.toString(limit))));
    }
}
