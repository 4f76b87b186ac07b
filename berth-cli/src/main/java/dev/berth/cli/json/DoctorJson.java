package dev.berth.cli.json;

import dev.berth.cli.look.Examination;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.doctor/1}. */
public final class DoctorJson {
    private DoctorJson() {}

    public static void write(OutputStream out, List<Examination> examinations) {
        var gaps = new LinkedHashSet<Gap>(); // what all namespaces lack is told once
        boolean anyDestination = false;
        try (var document = new Document(out, "doctor")) {
            JsonGenerator json = document.json();
            json.writeArrayPropertyStart("findings");
            for (Examination one : examinations) {
                gaps.addAll(one.gaps());
                for (Finding finding : one.report().findings()) {
                    finding(document, finding, one);
                }
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("destinations");
            for (Examination one : examinations) {
                for (Destination destination : one.report().destinations()) {
                    destination(document, destination, one);
                    anyDestination = true;
                }
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("ranges");
            RangesJson.scopes(document, examinations.getFirst().settings());
            json.writeEndObject();
            json.writeObjectPropertyStart("counts");
            for (TcpState state : TcpState.values()) {
                int sum = 0;
                boolean known = true;
                for (Examination one : examinations) {
                    Integer count = one.report().counts().get(state);
                    known &= count != null;
                    sum += count == null ? 0 : count;
                }
                if (known) {
                    json.writeNumberProperty(state.name(), sum);
                } else {
                    json.writeNullProperty(state.name());
                }
            }
            json.writeEndObject();
            if (anyDestination) {
                gaps.add(new Gap("time to exhaustion", "this version makes no forecast"));
            }
            document.end(List.copyOf(gaps));
        }
    }

    private static void finding(Document document, Finding finding, Examination one) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("id", finding.id());
        json.writeStringProperty("severity", finding.severity().label());
        Boolean confirmed = finding.confirmed();
        if (confirmed != null) {
            json.writeBooleanProperty("confirmed", confirmed);
        }
        json.writeStringProperty("title", finding.title());
        json.writeArrayPropertyStart("evidence");
        for (String evidence : finding.evidence()) {
            json.writeString(evidence);
        }
        json.writeEndArray();
        WhyJson.fixes(document, finding.fixes(one.settings()));
        document.netns(one.namespace());
        json.writeEndObject();
    }

    private static void destination(Document document, Destination destination, Examination one) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("source", destination.source().toString());
        document.endpoint("destination", destination.destination());
        json.writeNumberProperty("inUse", destination.inUse());
        json.writeNumberProperty("timeWait", destination.timeWait());
        document.number("capacity", destination.capacity());
        document.number("usedPercent", destination.usedPercent());
        document.number("preferredHalfUsedPercent", destination.preferredHalfUsedPercent());
        document.number("closesPerSecond", destination.closesPerSecond());
        json.writeNullProperty("secondsToExhaustion");
        json.writeArrayPropertyStart("processes");
        for (Destination.Share share : destination.processes()) {
            json.writeStartObject();
            document.processFields(share.process());
            json.writeNumberProperty("connections", share.connections());
            json.writeEndObject();
        }
        json.writeEndArray();
        document.netns(one.namespace());
        json.writeEndObject();
    }
}
