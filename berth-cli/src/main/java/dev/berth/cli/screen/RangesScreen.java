package dev.berth.cli.screen;

import dev.berth.diagnosis.KnownExclusions;
import dev.berth.diagnosis.KnownExclusions.Known;
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

    /** @param windows whether netsh keeps them: then no file sets anything, and no port is kept for the privileged */
    public static void print(Page page, Settings settings, boolean windows, List<Gap> gaps) {
        PortPolicy tcp = settings.policy(Protocol.TCP);
        boolean same = true;
        for (PortPolicy policy : settings.policies().values()) {
            same &= policy.equals(tcp);
        }
        if (same) {
            policy(page, "TCP and UDP, IPv4 and IPv6", tcp, windows);
        } else {
            for (Protocol protocol : Protocol.values()) {
                for (Family family : Family.values()) {
                    PortPolicy policy = settings.policies().get(new Settings.Scope(protocol, family));
                    if (policy != null) {
                        policy(page, protocol + " " + (family == Family.IPV4 ? "IPv4" : "IPv6"), policy, windows);
                    }
                }
            }
        }
        page.gaps(gaps);
    }

    private static void policy(Page page, String title, PortPolicy policy, boolean windows) {
        page.line(page.ink().bold(title));
        PortRange dynamic = policy.dynamic();
        line(
                page,
                "dynamic",
                dynamic == null ? "unknown" : dynamic + ", " + Figures.count(dynamic.size(), "port", "ports"));
        line(page, "  at next start", persistentDynamic(policy, windows));
        if (policy.reservedSources().isEmpty()) {
            boolean unknown = windows && policy.dynamic() == null; // netsh tells both or neither
            line(page, "reserved", unknown ? "unknown" : "none");
        }
        String label = "reserved";
        for (var reserved : bySource(policy.reservedSources()).entrySet()) {
            line(page, label, reserved.getValue().inShort() + "  (" + Escaped.text(reserved.getKey()) + ")");
            label = "";
        }
        line(page, "  at next start", persistentReserved(policy, windows));
        label = "excluded";
        for (ExcludedRange excluded : policy.excluded()) {
            Known known = KnownExclusions.of(excluded, dynamic);
            line(
                    page,
                    label,
                    excluded.range()
                            + (excluded.administered()
                                    ? "  (administered: a server may bind it"
                                    : "  (by the system: nobody can bind it")
                            + (known == null ? ")" : "; known for: " + known.owner() + ")"));
            label = "";
        }
        if (!windows) {
            Integer first = policy.firstUnprivileged();
            line(page, "unprivileged", first == null ? "unknown" : "from " + first + " on");
        }
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

    private static String persistentDynamic(PortPolicy policy, boolean windows) {
        PortRange next = policy.persistent().dynamic();
        if (next == null) {
            return windows ? "unknown" : "no file sets it: the system's default";
        }
        return (next.equals(policy.dynamic()) ? "the same" : next.toString())
                + source(policy.persistent().dynamicSource());
    }

    private static String persistentReserved(PortPolicy policy, boolean windows) {
        var next = policy.persistent().reserved();
        if (next == null) {
            return windows ? "unknown" : "no file sets it: none";
        }
        String ports = next.equals(policy.reserved()) ? "the same" : next.isEmpty() ? "none" : next.inShort();
        return ports + source(policy.persistent().reservedSource());
    }

    private static String source(@Nullable String source) {
        return source == null ? "" : "  (" + Escaped.text(source) + ")";
    }
}
