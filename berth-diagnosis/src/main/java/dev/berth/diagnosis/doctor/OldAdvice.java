package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.SettingNames;
import dev.berth.diagnosis.forecast.LastMinute;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A setting that old tuning advice changes, of Linux or of the Windows registry, and what becomes of it.
 *
 * @param effect what it does not do, or harms; goes on after the setting and its value
 * @param reason in sentences
 * @param restore what puts an end to it while the kernel runs; null where only a file that says so is worth telling
 */
record OldAdvice(
        String setting,
        Follows follows,
        String effect,
        String reason,
        @Nullable String restore) {
    /** Whether a value is what the advice says. */
    interface Follows {
        boolean test(String value, Settings settings);
    }

    private interface NumberFollows {
        boolean test(long value, Settings settings);
    }

    static final List<OldAdvice> OF_LINUX = List.of(
            new OldAdvice(
                    "net.ipv4.tcp_tw_recycle",
                    number((value, settings) -> value != 0 || settings.running("net.ipv4.tcp_tw_recycle") == null),
                    "does nothing since Linux 4.12, which has no such setting",
                    "Older kernels drop connections of clients that share an address with it.",
                    "0"),
            new OldAdvice(
                    "net.ipv4.tcp_fin_timeout",
                    number((value, _) -> value < LastMinute.SECONDS),
                    "does not shorten TIME_WAIT",
                    "TIME_WAIT lasts 60 s, which is compiled into the kernel; the setting is about connections in FIN_WAIT2 "
                            + "that no process holds any more.",
                    null),
            new OldAdvice(
                    SettingNames.MOST_TIME_WAITS,
                    number(OldAdvice::belowTheKernelsChoice),
                    "frees no port that is safe to use, and is less than the kernel would choose",
                    "Above the limit a closed connection skips TIME_WAIT, and late segments of it can reach a new one.",
                    null),
            new OldAdvice(
                    SettingNames.TIMESTAMPS,
                    number((value, _) -> value == 0),
                    "keeps connections from taking over TIME_WAITs, and ends the protection from old segments (PAWS)",
                    "Without timestamps tcp_tw_reuse has no effect.",
                    "1"),
            new OldAdvice(
                    "net.ipv4.ip_autobind_reuse",
                    number((value, _) -> value != 0),
                    "lets a bind of port 0 share a port, so that a later listen or connect may fail instead",
                    "IP_BIND_ADDRESS_NO_PORT on the client's socket does what it is meant for, without that risk.",
                    "0"));

    static final List<OldAdvice> ALL =
            Stream.of(OF_LINUX, RegistryAdvice.all()).flatMap(List::stream).toList();

    /** What is no number follows no such advice. */
    private static Follows number(NumberFollows follows) {
        return (value, settings) -> value.matches("[0-9]{1,9}") && follows.test(Long.parseLong(value), settings);
    }

    /** Half the buckets of the table of connections, net/ipv4/tcp.c; the number of a table that is shared is negative. */
    private static boolean belowTheKernelsChoice(long value, Settings settings) {
        OptionalLong buckets = settings.number("net.ipv4.tcp_ehash_entries"); // since Linux 6.1
        return buckets.isPresent() && value < Math.abs(buckets.getAsLong()) / 2;
    }

    /** Whether a file's line is of this kind: nobody is told to put it in force. */
    static boolean isBehind(Tunable.Assignment line, String setting, Settings settings) {
        return ALL.stream()
                .anyMatch(advice -> advice.setting.equals(setting) && advice.isFollowedBy(line.value(), settings));
    }

    boolean isFollowedBy(@Nullable String value, Settings settings) {
        return value != null && follows.test(value, settings);
    }

    /** What there is to say where a setting has this value. */
    List<String> evidence(String value) {
        String objection = RegistryAdvice.objection(setting, value);
        return objection == null ? List.of(reason) : List.of(reason, objection);
    }
}
