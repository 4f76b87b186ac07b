package dev.berth.remedy.policy;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.remedy.policy.Draft.Entry;
import dev.berth.remedy.policy.Policy.DynamicRange;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A draft as the text of a {@code berth.yaml}, for people to go on with. */
public final class DraftText {
    private final StringBuilder text = new StringBuilder();

    private DraftText() {}

    public static String of(Draft draft) {
        var writer = new DraftText();
        writer.write(draft);
        return writer.text.toString();
    }

    private void write(Draft draft) {
        comment(
                "",
                "What %s is to be like: drafted on %s from what ran and what is configured."
                        .formatted(draft.hostName(), draft.day()));
        comment("", "Correct it, then: berth ensure FILE. docs/policy.md tells what may stand here.");
        for (Gap gap : draft.gaps()) {
            comment("", "Not seen: %s (%s).".formatted(gap.what(), gap.why()));
        }
        line("");
        List<Entry> kept = draft.entries().stream()
                .filter(entry -> entry.leftOut() == null)
                .toList();
        line(kept.isEmpty() ? "services: []" : "services:");
        kept.forEach(entry -> {
            entry.comments().forEach(comment -> comment("  ", comment));
            line("  - " + service(entry.service()));
        });
        leftOut(draft.entries().stream()
                .filter(entry -> entry.leftOut() != null)
                .toList());
        line("");
        ranges(draft.ranges());
        line("");
        comment("", "What this host connects to, so that berth tells when its ports cannot carry it:");
        comment("", "destinations:");
        comment("", "  - {to: \"10.1.2.3:443\", peakConnectionsPerSecond: 400, holdSeconds: 0.2}");
    }

    private void leftOut(List<Entry> entries) {
        for (Entry entry : entries) {
            line("");
            comment("  ", "Left out, as " + entry.leftOut() + ":");
            entry.comments().forEach(comment -> comment("  ", comment));
            comment("  ", "- " + service(entry.service()));
        }
    }

    private void ranges(DynamicRange ranges) {
        if (ranges.equals(DynamicRange.UNSAID)) {
            comment("", "The dynamic range could not be read.");
        }
        PortRange linux = ranges.linux();
        if (linux != null) {
            range("linux: " + linux, RangeRules.refusal(linux));
        }
        var kept = new ArrayList<String>();
        ofWindows(Protocol.TCP, ranges.windowsTcp(), kept);
        ofWindows(Protocol.UDP, ranges.windowsUdp(), kept);
        if (!kept.isEmpty()) {
            range("windows: {" + String.join(", ", kept) + "}", null);
        }
    }

    private void ofWindows(Protocol protocol, @Nullable PortRange range, List<String> kept) {
        if (range == null) {
            return;
        }
        String text = protocol.label() + ": " + range;
        String refusal = RangeRules.refusalOfWindows(range);
        if (refusal == null) {
            kept.add(text);
        } else {
            range("windows: {" + text + "}", refusal);
        }
    }

    private void range(String text, @Nullable String refusal) {
        if (refusal == null) {
            line("dynamicRange: {" + text + "}");
        } else {
            comment("", "The dynamic range of now, left out, as " + refusal + ":");
            comment("", "dynamicRange: {" + text + "}");
        }
    }

    private static String service(Service service) {
        PortSet ports = service.ports();
        IpAddress address = service.address();
        return "{name: " + Words.yaml(service.name())
                + (ports.size() == 1 ? ", port: " + ports : ", ports: " + quoted(ports.toString()))
                + (service.protocol() == Protocol.TCP ? "" : ", protocol: udp")
                + (address == null ? "" : ", address: " + quoted(address.toString()))
                + "}";
    }

    /** A comma ends a value between braces, and so may a colon. */
    private static String quoted(String value) {
        return value.indexOf(',') < 0 && value.indexOf(':') < 0 ? value : '"' + value + '"';
    }

    private void comment(String indent, String comment) {
        line(indent + "# " + Words.comment(comment));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
