package dev.berth.remedy.plan;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which settings of Windows Berth changes, and which values they may be given. */
public final class WindowsRules {
    /** The lowest that netsh takes: learn.microsoft.com, default-dynamic-port-range-tcpip-chang. */
    public static final int LOWEST_START = 1_025;

    /** The fewest ports that netsh takes: the same. */
    public static final int FEWEST_PORTS = 255;

    /** CreateServiceW: at most 256 characters, and no slash of either kind. */
    private static final Pattern SERVICE_NAME = Pattern.compile("[^/\\\\\\p{Cntrl}]{1,256}");

    private static final Pattern PLAIN = Pattern.compile("[0-9,-]*");

    private WindowsRules() {}

    static boolean isOne(String setting) {
        if (WindowsSetting.isRegistry(setting)) {
            return RegistryRules.isKnown(WindowsSetting.name(setting));
        }
        if (WindowsSetting.isService(setting)) {
            return SERVICE_NAME.matcher(WindowsSetting.name(setting)).matches();
        }
        return Arrays.stream(Protocol.values())
                .anyMatch(protocol -> setting.equals(WindowsSetting.excludedPorts(protocol, Family.IPV4))
                        || setting.equals(WindowsSetting.excludedPorts(protocol, Family.IPV6))
                        || setting.equals(WindowsSetting.dynamicPorts(protocol)));
    }

    /** As {@link SettingRules#couldBe}. */
    static boolean couldBe(String setting, Place place, @Nullable String text) {
        if (WindowsSetting.isService(setting)) {
            return place == Place.RUNNING && isState(text);
        }
        if (place != Place.PERSISTENT) {
            return false;
        }
        if (WindowsSetting.isDynamicPorts(setting)) {
            return text != null && FamilyRanges.parse(text) != null;
        }
        return WindowsSetting.isExcludedPorts(setting)
                ? SettingValue.readable(text) != null
                : text == null || PLAIN.matcher(text).matches();
    }

    /** As {@link SettingRules#mayBecome}. */
    static boolean mayBecome(String setting, Place place, @Nullable String text) {
        if (!couldBe(setting, place, text)) {
            return false;
        }
        if (WindowsSetting.isRegistry(setting)) {
            return text == null || RegistryRules.objection(WindowsSetting.name(setting), text) == null;
        }
        if (WindowsSetting.isDynamicPorts(setting)) {
            FamilyRanges ranges = text == null ? null : FamilyRanges.parse(text);
            return ranges != null && ranges.ipv4().equals(ranges.ipv6()) && takes(ranges.ipv4());
        }
        return text != null
                && (WindowsSetting.isService(setting) || PLAIN.matcher(text).matches());
    }

    private static boolean isState(@Nullable String text) {
        return WindowsSetting.RUNNING.equals(text) || WindowsSetting.STOPPED.equals(text);
    }

    /** Whether netsh takes it for a dynamic range. */
    public static boolean takes(PortRange range) {
        return range.first() >= LOWEST_START && range.size() >= FEWEST_PORTS;
    }

    /** The text of a value of the registry as it reads back. */
    static String canonical(String setting, String value) {
        return WindowsSetting.isRegistry(setting)
                ? RegistryRules.canonical(WindowsSetting.name(setting), value)
                : value.strip();
    }

    /** Refuses a dynamic range before netsh would. */
    static void check(PortRange range) throws PlanRefusedException {
        if (!takes(range)) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "Windows takes no dynamic range " + range,
                    "it starts at %d or above, and has %d ports or more".formatted(LOWEST_START, FEWEST_PORTS),
                    "berth range set 49152-65535, its own, or a wider one");
        }
    }

    /** Refuses a value of the registry beyond what is documented. */
    static void checkRegistry(String setting, @Nullable String text) throws PlanRefusedException {
        String name = WindowsSetting.name(setting);
        if (!RegistryRules.isKnown(name)) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "cannot set the registry value \"%s\"".formatted(name),
                    "Berth sets what is about ports: " + String.join(", ", RegistryRules.NAMES),
                    "reg.exe sets everything else");
        }
        String objection = text == null ? null : RegistryRules.objection(name, text);
        if (objection != null) {
            throw new PlanRefusedException(
                    Kind.BAD_REQUEST,
                    "cannot set %s to \"%s\"".formatted(name, text),
                    objection.substring(0, objection.length() - 1),
                    "berth registry tells what each is documented for");
        }
    }
}
