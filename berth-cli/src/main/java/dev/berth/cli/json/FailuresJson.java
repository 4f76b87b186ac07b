package dev.berth.cli.json;

import dev.berth.cli.look.FailureGroup.Sum;
import dev.berth.cli.look.FailureWatch;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortFailure;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;

/** {@code berth.failures/1}. */
public final class FailuresJson {
    private FailuresJson() {}

    public static void write(OutputStream out, FailureWatch watch, Instant since, Duration watched) {
        try (var document = new Document(out, "failures")) {
            JsonGenerator json = document.json();
            json.writeStringProperty("since", since.toString());
            document.number("watchedSeconds", watched.toMillis() / 1000.0);
            json.writeBooleanProperty("binds", watch.query().calls());
            json.writeNumberProperty("total", watch.tally().total());
            json.writeNumberProperty("lost", watch.missed().lost());
            json.writeNumberProperty("elsewhere", watch.missed().elsewhere());
            json.writeArrayPropertyStart("failures");
            for (Sum sum : watch.tally().sums()) {
                failures(document, sum);
            }
            json.writeEndArray();
            document.end(watch.gaps(watch.tally()));
        }
    }

    private static void failures(Document document, Sum sum) {
        JsonGenerator json = document.json();
        PortFailure failure = sum.first();
        json.writeStartObject();
        json.writeStringProperty("call", failure.call().label());
        json.writeObjectPropertyStart("errno");
        json.writeStringProperty("name", failure.error().name());
        json.writeNumberProperty("number", failure.error().number());
        json.writeEndObject();
        document.text(
                "source", failure.source() == null ? null : failure.source().toString());
        document.endpoint("destination", failure.destination());
        json.writeNumberProperty("pid", failure.pid());
        document.process(sum.process(), null);
        NetworkNamespace netns = failure.netns();
        if (netns == null) {
            json.writeNullProperty("netns");
        } else {
            document.netns(netns);
        }
        json.writeNumberProperty("count", sum.count());
        json.writeStringProperty("firstAt", failure.when().toString());
        json.writeStringProperty("lastAt", sum.lastAt().toString());
        json.writeEndObject();
    }
}
