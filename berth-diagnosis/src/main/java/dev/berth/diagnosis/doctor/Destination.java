package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.forecast.Forecast;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.diagnosis.forecast.Rate;
import dev.berth.diagnosis.forecast.Span;
import dev.berth.diagnosis.forecast.Turnover;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.ProcessInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One tuple space in use: from one source address to one destination, how much of it is left, and for how long.
 *
 * @param closes how fast this side closes connections, now; null where no timers are shown
 * @param steady whether the average of the last minute says what goes on; see {@link LastMinute#isSpread}
 * @param measured what two looks saw; null where one was taken
 * @param forecast null where capacity or timers are not known
 * @param takesOver whether the settings let new connections take over a TIME_WAIT of this space
 * @param processes who holds the connections, with most first; TIME_WAIT has no owner and is not counted
 */
public record Destination(
        IpAddress source,
        Endpoint destination,
        Use use,
        @Nullable Rate closes,
        boolean steady,
        @Nullable Measured measured,
        @Nullable Forecast forecast,
        boolean takesOver,
        List<Share> processes) {
    public Destination {
        processes = List.copyOf(processes);
    }

    public int inUse() {
        return use.inUse();
    }

    public int timeWait() {
        return use.timeWait();
    }

    public @Nullable Integer capacity() {
        return use.capacity();
    }

    public @Nullable Double usedPercent() {
        return use.usedPercent();
    }

    public @Nullable Double preferredHalfUsedPercent() {
        return use.preferredHalfUsedPercent();
    }

    /** How fast this side closes connections now, which is not the average of the last minute. */
    public @Nullable Double closesPerSecond() {
        return closes == null ? null : closes.perSecond();
    }

    /**
     * How fast this side closes connections, for questions about longer than a minute: as it is now where that is settled, else
     * the average of the last minute; null where no timers are shown.
     */
    public @Nullable Double usualClosesPerSecond() {
        if (closes == null) {
            return null;
        }
        return closes.isSettled() ? closes.perSecond() : (double) timeWait() / LastMinute.SECONDS;
    }

    /** What the connections that are open do to the next ones; where no timers are shown, they are taken to stay. */
    public Turnover turnover() {
        Double usual = usualClosesPerSecond();
        return Turnover.of(inUse() - timeWait(), usual == null ? 0 : usual);
    }

    /** When no port is left at the current rate: now, where that is so; null where it does not come, or nothing is known of it. */
    public @Nullable Span exhaustion() {
        if (Exhaustion.exhausted(this)) {
            return Span.NOW;
        }
        return forecast == null ? null : forecast.exhaustion();
    }

    /**
     * How fast connections to it come and go, which a burst that is over does not tell: the rate now, or the average of the
     * minute where closes went on for most of it; null elsewhere.
     */
    @Nullable
    Double churn() {
        if (closes != null && isChurning()) {
            return closes.perSecond();
        }
        return closes == null || !steady ? null : Double.valueOf((double) timeWait() / LastMinute.SECONDS);
    }

    /**
     * Whether connections are closed now, and not by chance in single bursts. Where entries are taken over after a second, no
     * more than that second can be counted, and older entries show that it is not the first.
     */
    boolean isChurning() {
        return closes != null
                && closes.low() > 0
                && (takesOver ? use.recyclable() > 0 && closes.hasEnoughEvents() : closes.isSettled());
    }

    /** Whether some closes may have left no trace, so that there are more than can be counted. */
    boolean closesLeftNoTrace() {
        return closes != null && closes.lowerBound();
    }

    /** How full it is, what happens to it and who fills it, a sentence for each fact. */
    List<String> evidence() {
        var lines = new ArrayList<String>();
        lines.add("%d of at %s %d ports are in use (%s), %d of them in TIME_WAIT%s."
                .formatted(
                        inUse(),
                        use.capacityIsLeast() ? "least" : "most",
                        capacity(),
                        Words.percent(usedPercent()),
                        timeWait(),
                        use.recyclable() == 0 ? "" : ", of which new connections may take over " + use.recyclable()));
        if (measured != null) {
            lines.add(opening(measured));
        }
        if (closes != null && closes.events() > 0) {
            lines.add(closing(closes));
        }
        if (!processes.isEmpty()) {
            lines.add("The connections belong to "
                    + processes.stream()
                            .map(share -> Words.who(share.process()) + ": " + share.connections())
                            .collect(Collectors.joining(", "))
                    + ".");
        } else if (inUse() > 0 && inUse() == timeWait()) {
            lines.add("All of them are closed, and a closed connection has no owner: whose they were is not known.");
        }
        return lines;
    }

    private static String opening(Measured measured) {
        double growth = measured.growth().perSecond();
        return String.format(
                Locale.ROOT,
                "Measured over %.0f s: %s%.1f connections opened per second%s.",
                measured.seconds(),
                measured.opens().lowerBound() ? "at least " : "",
                measured.opens().perSecond(),
                growth == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", and %.1f %s of them alive each second",
                                Math.abs(growth),
                                growth > 0 ? "more" : "fewer"));
    }

    private static String closing(Rate closes) {
        if (!closes.isSettled()) {
            return String.format(
                    Locale.ROOT,
                    "This side closed %d connection%s within %.0f s: too %s to tell a rate from.",
                    closes.events(),
                    closes.events() == 1 ? "" : "s",
                    closes.seconds(),
                    closes.hasEnoughEvents() ? "short" : "few");
        }
        return String.format(
                Locale.ROOT,
                "This side closes %s%.1f connections per second (%.1f to %.1f, over %.0f s%s).",
                closes.lowerBound() ? "at least " : "",
                closes.perSecond(),
                closes.low(),
                closes.high(),
                closes.seconds(),
                closes.trend() == null ? "" : ", " + closes.trend().label());
    }

    /** A process and how many of the connections it holds. */
    public record Share(ProcessInfo process, int connections) {}
}
