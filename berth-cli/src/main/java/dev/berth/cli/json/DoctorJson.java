package dev.berth.cli.json;

import dev.berth.cli.look.Examination;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.Measured;
import dev.berth.diagnosis.doctor.ServerSide;
import dev.berth.diagnosis.forecast.Forecast;
import dev.berth.diagnosis.forecast.Rate;
import dev.berth.diagnosis.forecast.Span;
import dev.berth.net.TcpState;
import dev.berth.platform.Gap;
import java.io.OutputStream;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.doctor/1}. */
public final class DoctorJson {
    private DoctorJson() {}

    public static void write(OutputStream out, List<Examination> examinations) {
        var gaps = new LinkedHashSet<Gap>(); // what all namespaces lack is told once
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
                }
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("servers");
            for (Examination one : examinations) {
                for (ServerSide server : one.report().servers()) {
                    server(document, server, one);
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
            document.end(List.copyOf(gaps));
        }
    }

    private static void closes(Document document, @Nullable Rate rate) {
        document.number("closesPerSecond", rate == null ? null : rate.perSecond());
        JsonGenerator json = document.json();
        if (rate == null) {
            json.writeNullProperty("closesCounted");
            return;
        }
        json.writeObjectPropertyStart("closesCounted");
        document.number("low", rate.low());
        document.number("high", rate.high());
        document.number("events", rate.events());
        document.number("seconds", rate.seconds());
        document.text("trend", rate.trend() == null ? null : rate.trend().label());
        json.writeBooleanProperty("settled", rate.isSettled());
        json.writeBooleanProperty("lowerBound", rate.lowerBound());
        json.writeEndObject();
    }

    private static void measured(Document document, @Nullable Measured measured) {
        JsonGenerator json = document.json();
        if (measured == null) {
            json.writeNullProperty("opensPerSecond");
            json.writeNullProperty("opensCounted");
            json.writeNullProperty("growth");
            return;
        }
        Rate opens = measured.opens();
        document.number("opensPerSecond", opens.perSecond());
        json.writeObjectPropertyStart("opensCounted");
        document.number("events", opens.events());
        document.number("seconds", opens.seconds());
        json.writeBooleanProperty("lowerBound", opens.lowerBound());
        json.writeEndObject();
        json.writeObjectPropertyStart("growth");
        document.number("perSecond", measured.growth().perSecond());
        document.number("low", measured.growth().low());
        document.number("high", measured.growth().high());
        json.writeEndObject();
    }

    private static void forecast(Document document, Destination destination) {
        JsonGenerator json = document.json();
        Forecast forecast = destination.forecast();
        document.number("steadyState", forecast == null ? null : forecast.steadyState());
        document.number("sustainablePerSecond", forecast == null ? null : forecast.sustainablePerSecond());
        document.number("secondsToCliff", forecast == null ? null : forecast.secondsToCliff());
        Span when = destination.exhaustion();
        if (when == null) {
            json.writeNullProperty("secondsToExhaustion");
            return;
        }
        json.writeObjectPropertyStart("secondsToExhaustion");
        document.number("low", when.low());
        document.number("expected", when.expected());
        document.number("high", when.high());
        json.writeEndObject();
    }

    private static void server(Document document, ServerSide server, Examination one) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeNumberProperty("port", server.port());
        json.writeBooleanProperty("listening", server.listening());
        json.writeNumberProperty("timeWait", server.timeWait());
        document.number(
                "closesPerSecond",
                server.closes() == null ? null : server.closes().perSecond());
        document.netns(one.namespace());
        json.writeEndObject();
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
        document.number("recyclable", destination.use().recyclable());
        document.number("left", destination.use().left());
        closes(document, destination.closes());
        measured(document, destination.measured());
        forecast(document, destination);
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
