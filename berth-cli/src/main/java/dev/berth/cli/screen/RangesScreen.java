package dev.berth.cli.screen;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.SourcedRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth ranges}. Scopes with the same policy, as all on Linux, are shown once. */
public final class RangesScreen {
    private static final int INDENT = 18;

    private RangesScreen() {}

    public static void print(Page page, Settings settings, List<Gap> gaps) {
        PortPolicy tcp = settings.policy(Protocol.TCP);
        boolean same = true;
        for (PortPolicy policy : settings.policies().values()) {
            same &= policy.equals(tcp);
        }
        if (same) {
            policy(page, "TCP and UDP, IPv4 and IPv6", tcp);
        } else {
            for (Protocol protocol : Protocol.values()) {
                for (Family family : Family.values()) {
                    PortPolicy policy = settings.policies().get(new Settings.Scope(protocol, family));
                    if (policy != null) {
                        policy(page, protocol + " " + (family == Family.IPV4 ? "IPv4" : "IPv6"), policy);
                    }
                }
            }
        }
        page.gaps(gaps);
    }

    private static void policy(Page page, String title, PortPolicy policy) {
        page.line(page.ink().bold(title));
        PortRange dynamic = policy.dynamic();
        line(
                page,
                "dynamic",
                dynamic == null ? "unknown" : dynamic + ", " + Figures.count(dynamic.size(), "port", "ports"));
        line(page, "  at next start", persistentDynamic(policy));
        if (policy.reservedSources().isEmpty()) {
            line(page, "reserved", "none");
        }
        String label = "reserved";
        for (var reserved : bySource(policy.reservedSources()).entrySet()) {
            line(page, label, reserved.getValue().inShort() + "  (" + Escaped.text(reserved.getKey()) + ")");
            label = "";
        }
        line(page, "  at next start", persistentReserved(policy));
        label = "excluded";
        for (ExcludedRange excluded : policy.excluded()) {
            line(page, label, excluded.range() + (excluded.administered() ? "  (administered)" : "  (by the system)"));
            label = "";
        }
        Integer first = policy.firstUnprivileged();
        line(page, "unprivileged", first == null ? "unknown" : "from " + first + " on");
    }

    /** What each source reserves, in the order of its first port. */
    private static SequencedMap<String, PortSet> bySource(List<SourcedRange> reserved) {
        var sources = new LinkedHashMap<String, List<PortRange>>();
        for (SourcedRange one : reserved) {
            sources.computeIfAbsent(one.source(), _ -> new ArrayList<>()).add(one.range());
        }
        var ports = new LinkedHashMap<String, PortSet>();
        sources.forEach((source, ranges) -> ports.put(source, PortSet.of(ranges)));
        return ports;
    }

    private static void line(Page page, String label, String text) {
        page.prose("  " + label, 2 + label.length(), INDENT + 2, text);
    }

    private static String persistentDynamic(PortPolicy policy) {
        PortRange next = policy.persistent().dynamic();
        if (next == null) {
            return "no file sets it: the system's default";
        }
        return (next.equals(policy.dynamic()) ? "the same" : next.toString())
                + source(policy.persistent().dynamicSource());
    }

    private static String persistentReserved(PortPolicy policy) {
        var next = policy.persistent().reserved();
        if (next == null) {
            return "no file sets it: none";
        }
        String ports = next.equals(policy.reserved()) ? "the same" : next.isEmpty() ? "none" : next.inShort();
        return ports + source(policy.persistent().reservedSource());
    }

    private static String source(@Nullable String source) {
        return source == null ? "" : "  (" + Escaped.text(source) + ")";
    }
}
