package dev.berth.remedy.plan;

import dev.berth.diagnosis.FirstUnprivileged;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Recycling;
import dev.berth.net.PortRange;
import dev.berth.platform.HostTuning.Place;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values single settings may be given, and which never, whoever asks. */
final class SettingRules {
    private static final String RECYCLE = "net.ipv4.tcp_tw_recycle";
    private static final String MOST_TIME_WAITS = "net.ipv4.tcp_max_tw_buckets";
    private static final String DELAY = "net.ipv4.tcp_tw_reuse_delay";
    private static final String MOST_TRACKED = "net.netfilter.nf_conntrack_max";
    private static final String BUCKETS = "net.netfilter.nf_conntrack_buckets";
    private static final String TRACKED = "net.netfilter.nf_conntrack_count";

    private static final Pattern NAME = Pattern.compile("net(\\.[a-z0-9_]+){1,6}");
    private static final Pattern TEXT = Pattern.compile("[!-~]+( [!-~]+)*"); // words without control characters
    private static final int LONGEST = 200;

    /** The numbers that the kernel takes; see ip-sysctl and nf_conntrack-sysctl of its documentation. */
    private static final Map<String, Numbers> NUMBERS = Map.of(
            RECYCLE,
            new Numbers(0, 1),
            Recycling.SETTING,
            new Numbers(0, 2),
            DELAY,
            new Numbers(1, 60_000),
            MOST_TIME_WAITS,
            new Numbers(0, Integer.MAX_VALUE),
            "net.ipv4.tcp_timestamps",
            new Numbers(0, 2),
            "net.ipv4.ip_autobind_reuse",
            new Numbers(0, 1),
            FirstUnprivileged.SETTING,
            new Numbers(0, 65_535),
            MOST_TRACKED,
            new Numbers(1, Integer.MAX_VALUE),
            "net.netfilter.nf_conntrack_buckets",
            new Numbers(1, Integer.MAX_VALUE),
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait",
            new Numbers(1, Integer.MAX_VALUE));

    private record Numbers(long least, long most) {
        boolean contain(String text) {
            return text.matches("[0-9]{1,10}") && least <= Long.parseLong(text) && Long.parseLong(text) <= most;
        }
    }

    private SettingRules() {}

    /** Whether the setting is one whose numbers are known. */
    static boolean knows(String setting) {
        return NUMBERS.containsKey(setting);
    }

    /** Why a kernel may not have it. */
    static String whyMissing(String setting) {
        return switch (setting) {
            case DELAY -> "Linux has it from 6.14 on; before, a TIME_WAIT can be taken over after a second";
            case RECYCLE -> "Linux had it until 4.12";
            default ->
                setting.startsWith("net.netfilter.")
                        ? "the module that has it is not loaded, or it is not to be seen from this network namespace"
                        : "it is not below /proc/sys";
        };
    }

    /** What a value is good for, as {@link Step#why} has it. */
    static String why(String setting, String value) {
        return switch (setting) {
            case Recycling.SETTING ->
                switch (value) {
                    case "0" -> "no TIME_WAIT is taken over";
                    case "1" -> "outgoing connections may take over older TIME_WAITs";
                    default -> "outgoing connections may take over older TIME_WAITs over loopback only";
                };
            case DELAY -> "a TIME_WAIT may be taken over once it is %s ms old".formatted(value);
            case MOST_TIME_WAITS -> "up to %s TIME_WAITs are kept".formatted(value);
            case MOST_TRACKED -> "up to %s connections are tracked".formatted(value);
            default -> "it is %s from then on".formatted(value);
        };
    }

    /** What it can break: limits that are raised cost memory only. */
    static Fix.Risk risk(String setting) {
        return setting.equals(MOST_TIME_WAITS) || setting.equals(MOST_TRACKED) || setting.equals(BUCKETS)
                ? Fix.Risk.LOW
                : Fix.Risk.MEDIUM;
    }

    /** What is wrong with the name or the value by themselves. */
    static void check(String setting, String value) throws PlanRefusedException {
        if (!NAME.matcher(setting).matches()) {
            throw bad(
                    "cannot set \"%s\"".formatted(setting),
                    "Berth sets what decides about ports: names such as net.ipv4.tcp_tw_reuse",
                    "sysctl(8) sets everything else");
        }
        Numbers numbers = NUMBERS.get(setting);
        if (numbers != null && !numbers.contain(value)) {
            throw bad(
                    "cannot set %s to \"%s\"".formatted(setting, value),
                    "the kernel takes whole numbers from %d to %d".formatted(numbers.least, numbers.most),
                    "name one of them");
        }
        if (value.length() > LONGEST || !TEXT.matcher(value).matches()) {
            throw bad(
                    "cannot set " + setting,
                    "the value is to be words without control characters, at most %d characters".formatted(LONGEST),
                    "correct it");
        }
        if (setting.equals(RECYCLE) && !value.equals("0")) {
            throw bad(
                    "tcp_tw_recycle is not for use",
                    "it drops connections of clients that share an address, and Linux has none since 4.12",
                    "berth reuse on, which is about outgoing connections only");
        }
    }

    /** What is wrong with going to the value from where the host is; {@code force} lets some of it pass. */
    static void check(String setting, String value, Outline outline, @Nullable PortRange range, boolean force)
            throws PlanRefusedException {
        long now = number(outline.running(setting));
        switch (setting) {
            case MOST_TIME_WAITS -> {
                if (Long.parseLong(value) < now) {
                    throw bad(
                            "tcp_max_tw_buckets is not lowered",
                            "it is %d; above the limit a closed connection skips TIME_WAIT, and a late segment of it can reach a new one"
                                    .formatted(now),
                            "berth capacity tells what gives clients more ports");
                }
            }
            case MOST_TRACKED -> {
                String tracked = outline.value(TRACKED, Place.RUNNING);
                if (!force && tracked != null && Long.parseLong(value) < number(tracked)) {
                    throw bad(
                            "cannot set %s to %s".formatted(setting, value),
                            "%s connections are tracked now, and packets of new ones would be dropped"
                                    .formatted(tracked),
                            "name more, or --force");
                }
            }
            case FirstUnprivileged.SETTING -> {
                if (range != null && range.first() < Integer.parseInt(value)) {
                    throw bad(
                            "cannot set %s to %s".formatted(setting, value),
                            "the dynamic range begins at %d, and the kernel refuses a start above that (EINVAL)"
                                    .formatted(range.first()),
                            "berth range set, with a range that begins at %s or above".formatted(value));
                }
            }
            case Recycling.SETTING -> {
                if (value.equals("1") && now != 1) {
                    outline.note(
                            "Taking over a TIME_WAIT works where the old connection used TCP timestamps at both ends; a "
                                    + "middlebox that rewrites them may drop the new connection.");
                }
            }
            default -> {}
        }
    }

    private static long number(String text) {
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static PlanRefusedException bad(String what, String why, String next) {
        return new PlanRefusedException(Kind.BAD_REQUEST, what, why, next);
    }
}
