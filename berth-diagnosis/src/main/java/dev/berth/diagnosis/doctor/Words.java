package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.forecast.Span;
import dev.berth.platform.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** Phrases that findings share. */
final class Words {
    private Words() {}

    /** Starts a sentence. */
    static String who(@Nullable ProcessInfo process) {
        return process == null ? "A process that is not known" : process.name() + " (pid " + process.pid() + ")";
    }

    /** {@code 23 s (21 to 26)}, the brackets rounded outwards; minutes from two on. */
    static String inAbout(double expected, Span when) {
        boolean minutes = expected >= 120;
        double unit = minutes ? 60 : 1;
        String latest = when.high() == null ? "never" : String.valueOf((long) Math.ceil(when.high() / unit));
        return "%d %s (%d to %s)"
                .formatted(
                        Math.round(expected / unit),
                        minutes ? "minutes" : "s",
                        (long) Math.floor(when.low() / unit),
                        latest);
    }

    /** {@code 21 s or later}, the earliest time rounded down; minutes from two on. */
    static String orLater(Span when) {
        boolean minutes = when.low() >= 120;
        return "%d %s or later"
                .formatted((long) Math.floor(minutes ? when.low() / 60 : when.low()), minutes ? "minutes" : "s");
    }

    /** A length of time in its largest fitting unit, rounded down. */
    static String span(int seconds) {
        int minutes = seconds / 60;
        int hours = minutes / 60;
        return minutes < 2
                ? seconds + " s"
                : hours < 2 ? minutes + " min" : hours < 48 ? hours + " h" : hours / 24 + " days";
    }

    /** Whole percents, rounded down: 100 only when it is. */
    static String percent(@Nullable Double percent) {
        return percent == null ? "?" : (int) Math.floor(percent) + " %";
    }

    /** Connections per second that ports last for, rounded down as more do not go: {@code 3.2}, {@code 64}. */
    static String sustained(double perSecond) {
        long tenths = (long) (perSecond * 10);
        return tenths < 100 ? tenths / 10 + "." + tenths % 10 : String.valueOf(tenths / 10);
    }
}
