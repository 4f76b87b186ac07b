package dev.berth.remedy.render;

import dev.berth.net.PortRange;
import dev.berth.remedy.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a policy loses when Berth is not there to carry it out. */
final class Warnings {
    private static final Policy SILENT = new Policy(List.of(), Policy.DynamicRange.UNSAID, null, List.of());

    private Warnings() {}

    /** Of a format that sets what Linux has. */
    static List<String> onLinux(Policy policy, LinuxSettings settings, String... more) {
        var all = new ArrayList<String>();
        if (settings.reserves()) {
            all.add(
                    "The list of reserved ports is replaced, not added to: ports that anything else on the host reserves are"
                            + " no longer reserved. `berth ensure` adds to the list instead.");
        }
        Policy.DynamicRange range = policy.dynamicRange();
        if (settings.assignments().isEmpty() && !policy.equals(SILENT)) {
            all.add("Nothing in this policy is a setting of Linux, so nothing is set.");
        } else if (range.linux() == null && (range.windowsTcp() != null || range.windowsUdp() != null)) {
            all.add("The policy gives a dynamic range for Windows and none for Linux, so the range is left as it is.");
        }
        all.addAll(List.of(more));
        all.addAll(destinations(policy));
        return all;
    }

    /** Of a format that sets what Windows has. */
    static List<String> onWindows(Policy policy) {
        Policy.DynamicRange range = policy.dynamicRange();
        var all = new ArrayList<String>();
        if (range.linux() != null && range.windowsTcp() == null && range.windowsUdp() == null) {
            all.add(
                    "The policy gives a dynamic range for Linux and none for Windows, so the ranges are left as they are.");
        }
        if (policy.timeWaitReuse() != null) {
            all.add("timeWaitReuse is a setting of Linux: Windows has none like it.");
        }
        if (!policy.services().isEmpty()) {
            all.add(
                    "Windows excludes no port that is held, not even by its own service: stop the services first. Where WinNAT"
                            + " holds one: `net stop winnat`, run this, `net start winnat`; WSL2, containers and the NAT of Hyper-V"
                            + " have no network meanwhile. `berth ensure --restart-services --restart-winnat` does all that.");
            all.add("Windows containers cannot publish a port that is excluded this way.");
        }
        if (isLow(range.windowsTcp()) || isLow(range.windowsUdp())) {
            all.add(
                    "WinNAT and HNS take blocks of 100 ports anywhere in the dynamic range: below 49152 that meets servers' ports.");
        }
        all.addAll(destinations(policy));
        return all;
    }

    private static boolean isLow(@Nullable PortRange range) {
        return range != null && range.first() < 49_152;
    }

    private static List<String> destinations(Policy policy) {
        return policy.destinations().isEmpty()
                ? List.of()
                : List.of(
                        "Whether the range holds the destinations at their peaks is for `berth ensure --check` to tell: here"
                                + " they are comments.");
    }

    /** The warnings of both, in order. */
    static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
