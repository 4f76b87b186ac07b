package dev.berth.remedy.policy;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A policy that keeps a host as it is: what listens on it, what is configured to, and its dynamic range. It is for a person
 * to read and to correct, so each service says where it is from, and what was left out says why.
 *
 * @param hostName of whom it is
 * @param day on which, as {@code 2026-11-20}
 * @param ranges those of the system it runs; unsaid where none could be read
 */
public record Draft(String hostName, String day, List<Entry> entries, DynamicRange ranges, List<Gap> gaps) {
    public Draft {
        entries = List.copyOf(entries);
        gaps = List.copyOf(gaps);
    }

    /**
     * One service.
     *
     * @param comments where it is from, each a line
     * @param leftOut why it is not in the policy; null where it is
     */
    public record Entry(
            Service service,
            List<String> comments,
            @Nullable String leftOut) {
        public Entry {
            comments = List.copyOf(comments);
        }
    }

    /** Looks at a host; processes are looked through for names. */
    public static Draft of(HostNetwork host) throws HostReadException {
        var gaps = new ArrayList<Gap>();
        boolean windows = host.facts().system().equals("windows");
        Settings settings = host.settings();
        PortRange tcp = settings.policy(Protocol.TCP).dynamic();
        PortRange udp = settings.policy(Protocol.UDP).dynamic();
        var found = new Findings(tcp, udp, windows);
        found.addRunning(host, gaps);
        found.addConfigured(host.configuredServices(), gaps);
        DynamicRange ranges = windows ? new DynamicRange(null, tcp, udp) : new DynamicRange(tcp, null, null);
        String day = host.facts().readAt().toString().substring(0, "2026-11-20".length());
        return new Draft(host.facts().hostName(), day, found.entries(), ranges, gaps);
    }

    /** The policy it is: what {@link DraftText} of it reads back as. */
    public Policy policy() {
        return new Policy(
                entries.stream()
                        .filter(entry -> entry.leftOut() == null)
                        .map(Entry::service)
                        .toList(),
                new DynamicRange(
                        fitting(ranges.linux(), RangeRules::refusal),
                        fitting(ranges.windowsTcp(), RangeRules::refusalOfWindows),
                        fitting(ranges.windowsUdp(), RangeRules::refusalOfWindows)),
                null,
                List.of());
    }

    private interface Refusal {
        @Nullable
        String of(PortRange range);
    }

    private static @Nullable PortRange fitting(@Nullable PortRange range, Refusal refusal) {
        return range == null || refusal.of(range) != null ? null : range;
    }
}
