package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.SettingNames;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The table of tracked connections is nearly full, or has been: what does not fit is dropped.
 *
 * @param fill null where the table is not nearly full now
 * @param earlyDrops entries since boot that were given up to make room
 * @param dropping what was dropped since {@code earlier}
 */
record ConntrackNearlyFull(
        @Nullable Fill fill,
        long earlyDrops,
        long dropping,
        @Nullable EarlierLook earlier) implements Finding {
    private static final String EARLY_DROPS = "nf_conntrack.early_drop";

    /** The kernel rounds up to whole pages, of 512 buckets or, where pages are largest, of 8,192. */
    private static final long ROUND_BUCKETS = 8_192;

    private static final int NEARLY_FULL_PERCENT = 90;
    private static final int FULL_PERCENT = 99;

    static void find(Examined host, Consumer<Finding> found) {
        Settings settings = host.settings();
        OptionalLong used = settings.number(SettingNames.TRACKED);
        OptionalLong limit = settings.number(SettingNames.MOST_TRACKED);
        Fill fill = null;
        if (used.isPresent() && limit.orElse(0) > 0) { // 0 is no limit
            var now = new Fill(used.getAsLong(), limit.getAsLong());
            fill = now.reaches(NEARLY_FULL_PERCENT) ? now : null;
        }
        long earlyDrops = settings.counter(EARLY_DROPS).orElse(0);
        EarlierLook earlier = host.earlier();
        long dropping = earlier == null
                ? 0
                : earlier.rise(EARLY_DROPS, settings)
                        + (fill == null ? 0 : earlier.rise("nf_conntrack.drop", settings));
        if (fill != null || earlyDrops > 0) {
            found.accept(new ConntrackNearlyFull(fill, earlyDrops, dropping, earlier));
        }
    }

    @Override
    public String id() {
        return "conntrack-nearly-full";
    }

    @Override
    public Severity severity() {
        if (dropping > 0) {
            return Severity.CRITICAL;
        }
        return fill == null ? Severity.INFO : fill.reaches(FULL_PERCENT) ? Severity.CRITICAL : Severity.WARNING;
    }

    @Override
    public String title() {
        if (dropping > 0 && earlier != null) {
            return "Connection tracking is full: %d dropped %s".formatted(dropping, earlier.within());
        }
        return fill != null
                ? "Connection tracking is %s full".formatted(fill.percent())
                : "Connection tracking was full at some time since boot: %d entries were given up early"
                        .formatted(earlyDrops);
    }

    @Override
    public List<String> evidence() {
        var lines = new ArrayList<String>();
        if (fill != null) {
            lines.add(
                    "%d connections are tracked, and nf_conntrack_max allows %d.".formatted(fill.used(), fill.limit()));
        }
        if (earlyDrops > 0) {
            lines.add("%d entries were given up early to make room, a sum since boot or since the namespace was made."
                    .formatted(earlyDrops));
        }
        lines.add("Packets of new connections that find the table full are dropped, so connects hang and time out.");
        return List.copyOf(lines);
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        if (severity() == Severity.INFO) { // the limit may have been raised since
            return List.of(EarlierLook.LOOK_TWICE);
        }
        var fixes = new ArrayList<Fix>();
        fixes.add(raise(settings));
        long seconds = settings.number(SettingNames.TRACKED_TIME_WAIT).orElse(0);
        if (seconds > LastMinute.SECONDS) {
            fixes.add(Fix.until(
                    "shorten-conntrack-time-wait",
                    "forget closed connections after %d s instead of %d, until the next restart; the sockets' own TIME_WAIT stays as it is"
                            .formatted(LastMinute.SECONDS, seconds),
                    Fix.Risk.MEDIUM,
                    new Aim.Assign(SettingNames.TRACKED_TIME_WAIT, Integer.toString(LastMinute.SECONDS))));
        }
        return fixes;
    }

    private static Fix raise(Settings settings) {
        long limit = 2 * settings.number(SettingNames.MOST_TRACKED).orElse(0);
        boolean needsBuckets = settings.number(SettingNames.TRACKED_BUCKETS).orElse(limit) < limit;
        String id = "raise-conntrack-limit";
        String summary =
                "track twice as many until the next restart, in a hash table as large, so that lookups stay short; "
                        + "only the host's first network namespace can be told so";
        if (limit == 0) {
            return new Fix(id, summary, null, Fix.Risk.LOW, false);
        }
        var raised = new Aim.Assign(SettingNames.MOST_TRACKED, Long.toString(limit));
        long buckets = Math.ceilDiv(limit, ROUND_BUCKETS) * ROUND_BUCKETS;
        return needsBuckets
                ? Fix.until(
                        id,
                        summary,
                        Fix.Risk.LOW,
                        new Aim.Assign(SettingNames.TRACKED_BUCKETS, Long.toString(buckets)),
                        raised)
                : Fix.until(id, summary, Fix.Risk.LOW, raised);
    }
}
