package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.FirstUnprivileged;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.SettingNames;
import dev.berth.net.PortRange;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which settings Berth changes, which values they may be given, and which never, whoever asks: a command, a plan from a file,
 * or the journal.
 */
public final class SettingRules {
    private static final String RECYCLE = "net.ipv4.tcp_tw_recycle";

    /** As the kernel says it, with a blank for each tab. */
    private static final Pattern NUMBERS_READ = Pattern.compile("-?[0-9]{1,10}( [0-9]{1,10})?");

    /** The numbers that the kernel takes; see ip-sysctl and nf_conntrack-sysctl of its documentation. */
    private static final Map<String, Numbers> NUMBERS = Map.ofEntries(
            Map.entry(RECYCLE, new Numbers(0, 1)),
            Map.entry(Recycling.SETTING, new Numbers(0, 2)),
            Map.entry(SettingNames.REUSE_DELAY, new Numbers(1, 60_000)),
            Map.entry(SettingNames.MOST_TIME_WAITS, new Numbers(0, Integer.MAX_VALUE)),
            Map.entry(SettingNames.TIMESTAMPS, new Numbers(0, 2)),
            Map.entry("net.ipv4.tcp_fin_timeout", new Numbers(1, Integer.MAX_VALUE / 1_000)), // kept in ticks
            Map.entry("net.ipv4.ip_autobind_reuse", new Numbers(0, 1)),
            Map.entry("net.ipv6.conf.all.disable_ipv6", new Numbers(0, 1)),
            Map.entry(FirstUnprivileged.SETTING, new Numbers(0, 65_535)),
            Map.entry(SettingNames.MOST_TRACKED, new Numbers(1, Integer.MAX_VALUE)),
            Map.entry(SettingNames.TRACKED_BUCKETS, new Numbers(1, Integer.MAX_VALUE)),
            Map.entry(SettingNames.TRACKED_TIME_WAIT, new Numbers(1, Integer.MAX_VALUE)));

    private record Numbers(long least, long most) {
        boolean contain(String text) {
            return text.matches("[0-9]{1,10}") && least <= Long.parseLong(text) && Long.parseLong(text) <= most;
        }
    }

    private SettingRules() {}

    /** Whether the setting is one that Berth changes. */
    public static boolean isOne(String setting) {
        return setting.equals(Reservation.SETTING)
                || setting.equals(Aim.Draw.SETTING)
                || NUMBERS.containsKey(setting)
                || WindowsRules.isOne(setting);
    }

    /** Whether Berth could have found that there, and so may set it back; null for no value. */
    public static boolean couldBe(String setting, Place place, @Nullable String text) {
        if (WindowsSetting.isOne(setting)) {
            return WindowsRules.couldBe(setting, place, text);
        }
        if (text == null) {
            return place == Place.PERSISTENT;
        }
        if (SettingValue.isList(setting)) {
            return SettingValue.readable(text) != null;
        }
        return place == Place.PERSISTENT // whatever a person has written into the file, if it is one line of plain
                // characters
                || NUMBERS_READ.matcher(text).matches();
    }

    /** Whether Berth would set it to that there; null for no value. */
    static boolean mayBecome(String setting, Place place, @Nullable String text) {
        if (WindowsSetting.isOne(setting)) {
            return WindowsRules.mayBecome(setting, place, text);
        }
        if (text == null) {
            return SettingValue.isList(setting) && place == Place.PERSISTENT;
        }
        if (SettingValue.isList(setting)) {
            return text.matches("[0-9,-]*") && SettingValue.readable(text) != null;
        }
        Numbers numbers = NUMBERS.get(setting);
        return numbers == null ? range(text) != null : numbers.contain(text);
    }

    /** The dynamic range that the kernel says; null where that is none, or one from port 0. */
    static @Nullable PortRange range(String text) {
        try {
            return text.matches("[0-9]{1,5} [0-9]{1,5}") ? PortRange.parse(text.replace(' ', '-')) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Why a kernel may not have it. */
    static String whyMissing(String setting) {
        return switch (setting) {
            case SettingNames.REUSE_DELAY ->
                "Linux has it from 6.14 on; before, a TIME_WAIT can be taken over after a second";
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
            case SettingNames.REUSE_DELAY -> "a TIME_WAIT may be taken over once it is %s ms old".formatted(value);
            case SettingNames.MOST_TIME_WAITS -> "up to %s TIME_WAITs are kept".formatted(value);
            case SettingNames.MOST_TRACKED -> "up to %s connections are tracked".formatted(value);
            default -> "it is %s from then on".formatted(value);
        };
    }

    /** What it can break: limits that are raised cost memory only. */
    static Fix.Risk risk(String setting) {
        return setting.equals(SettingNames.MOST_TIME_WAITS)
                        || setting.equals(SettingNames.MOST_TRACKED)
                        || setting.equals(SettingNames.TRACKED_BUCKETS)
                ? Fix.Risk.LOW
                : Fix.Risk.MEDIUM;
    }

    /** What is wrong with the name or the value by themselves. */
    static void check(String setting, String value) throws PlanRefusedException {
        Numbers numbers = NUMBERS.get(setting);
        if (numbers == null) {
            throw bad(
                    "cannot set \"%s\"".formatted(setting),
                    "Berth sets what decides about ports: settings such as net.ipv4.tcp_tw_reuse",
                    "sysctl(8) sets everything else");
        }
        if (!numbers.contain(value)) {
            throw bad(
                    "cannot set %s to \"%s\"".formatted(setting, value),
                    "the kernel takes whole numbers from %d to %d".formatted(numbers.least, numbers.most),
                    "name one of them");
        }
        if (setting.equals(RECYCLE) && !value.equals("0")) {
            throw bad(
                    "tcp_tw_recycle is not for use",
                    "it drops connections of clients that share an address, and Linux has none since 4.12",
                    "berth reuse on, which is about outgoing connections only");
        }
    }

    /** What is wrong with going to the value from where the host is, and will be; force lets some of it pass. */
    static void check(String setting, String value, Outline outline, @Nullable PortRange range, PlanOptions options)
            throws PlanRefusedException {
        long now = number(outline.running(setting));
        switch (setting) {
            case SettingNames.MOST_TIME_WAITS -> {
                keep(value, now, "it is %d");
                if (options.persist()) {
                    keep(value, number(outline.nextStart(setting)), "the next start sets %d");
                }
            }
            case SettingNames.MOST_TRACKED -> {
                String tracked = outline.value(SettingNames.TRACKED, Place.RUNNING);
                if (!options.force() && tracked != null && Long.parseLong(value) < number(tracked)) {
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

    private static void keep(String mostTimeWaits, long now, String is) throws PlanRefusedException {
        if (Long.parseLong(mostTimeWaits) < now) {
            throw bad(
                    "tcp_max_tw_buckets is not lowered",
                    is.formatted(now)
                            + "; above the limit a closed connection skips TIME_WAIT, and a late segment of it can reach a new one",
                    "berth capacity tells what gives clients more ports");
        }
    }

    private static long number(@Nullable String text) {
        return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private static PlanRefusedException bad(String what, String why, String next) {
        return new PlanRefusedException(Kind.BAD_REQUEST, what, why, next);
    }
}
