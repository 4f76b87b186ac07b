package dev.berth.remedy.policy;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.remedy.policy.Draft.Entry;
import dev.berth.remedy.policy.Policy.Service;
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
        range(draft.range());
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

    private void range(@Nullable PortRange range) {
        if (range == null) {
            comment("", "The dynamic range could not be read.");
            return;
        }
        String refusal = RangeRules.refusal(range);
        if (refusal == null) {
            line("dynamicRange: {linux: " + range + "}");
        } else {
            comment("", "The dynamic range of now, left out, as " + refusal + ":");
            comment("", "dynamicRange: {linux: " + range + "}");
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
