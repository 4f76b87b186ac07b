package dev.berth.cli.json;

import dev.berth.cli.look.CapacityAnswer;
import dev.berth.diagnosis.capacity.BusiestSource;
import dev.berth.diagnosis.capacity.Load;
import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Remedies;
import dev.berth.diagnosis.capacity.Remedy;
import dev.berth.diagnosis.capacity.Traffic;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** {@code berth.capacity/1}. */
public final class CapacityJson {
    private static final MathContext NINE_DIGITS = new MathContext(9);

    private CapacityJson() {}

    public static void write(OutputStream out, CapacityAnswer answer) {
        try (var document = new Document(out, "capacity")) {
            JsonGenerator json = document.json();
            Numbers numbers = answer.numbers();
            Load load = numbers.load();
            json.writeNumberProperty("ports", numbers.pool().value().size());
            json.writeNumberProperty("keptOpen", numbers.kept());
            document.range("range", load.pool().range());
            json.writeNumberProperty("timeWaitSeconds", load.timeWaitSeconds());
            exact(json, "holdSeconds", load.holdSeconds());
            json.writeNumberProperty("sources", numbers.sources().value());
            busiestSource(document, numbers);
            json.writeNumberProperty("destinations", numbers.destinations().value());
            json.writeNumberProperty("retries", load.retries());
            origins(json, numbers);
            document.endpoint("to", answer.to());
            exact(json, "sustainableConnectionsPerSecond", load.sustainableConnectionsPerSecond());
            exact(json, "sustainableCallsPerSecond", load.sustainableCallsPerSecond());
            exact(json, "cliffConnectionsPerSecond", load.cliffConnectionsPerSecond());
            Double wished = answer.callsPerSecond();
            if (wished != null) {
                wish(document, answer, wished);
            }
            busiest(document, answer.busiest());
            document.end(answer.gaps());
        }
    }

    private static void origins(JsonGenerator json, Numbers numbers) {
        json.writeObjectPropertyStart("from");
        json.writeStringProperty("ports", numbers.pool().origin().label());
        json.writeStringProperty(
                "timeWaitSeconds", numbers.timeWaitSeconds().origin().label());
        json.writeStringProperty("holdSeconds", numbers.holdSeconds().origin().label());
        json.writeStringProperty("sources", numbers.sources().origin().label());
        json.writeStringProperty("destinations", numbers.destinations().origin().label());
        json.writeStringProperty("retries", numbers.retries().origin().label());
        json.writeEndObject();
    }

    private static void busiestSource(Document document, Numbers numbers) {
        JsonGenerator json = document.json();
        BusiestSource busiest = numbers.splitIsAssumed() ? null : numbers.busiest();
        if (busiest == null) {
            json.writeNullProperty("busiestSource");
            return;
        }
        Double share = busiest.share();
        json.writeObjectPropertyStart("busiestSource");
        json.writeStringProperty("address", busiest.address().toString());
        document.number("sharePercent", share == null ? null : 100 * share);
        json.writeEndObject();
    }

    private static void wish(Document document, CapacityAnswer answer, double callsPerSecond) {
        JsonGenerator json = document.json();
        Load load = answer.numbers().load();
        json.writeNumberProperty("callsPerSecond", callsPerSecond);
        json.writeNumberProperty("neededPorts", load.neededPorts(callsPerSecond));
        json.writeBooleanProperty("fits", answer.fits());
        json.writeBooleanProperty("pastCliff", load.pastCliff(callsPerSecond));
        json.writeArrayPropertyStart("remedies");
        if (!answer.fits()) {
            for (Remedies.Offer offer : answer.numbers().remedies(callsPerSecond)) {
                offer(document, offer);
            }
        }
        json.writeEndArray();
    }

    private static void offer(Document document, Remedies.Offer offer) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        json.writeStringProperty("id", offer.remedy().id());
        json.writeStringProperty("summary", offer.remedy().summary());
        json.writeStringProperty("risk", offer.remedy().risk().label());
        Boolean reaches = offer.reaches();
        if (reaches == null) {
            json.writeNullProperty("reaches");
        } else {
            json.writeBooleanProperty("reaches", reaches);
        }
        exact(json, "ifCallsLastLessThanSeconds", offer.ifCallsLastLessThan());
        exact(json, "sustainableCallsPerSecond", reaches == null ? null : offer.sustainableCallsPerSecond());
        switch (offer.remedy()) {
            case Remedy.ReuseConnections(var connections)
            when connections == null -> json.writeNullProperty("connections");
            case Remedy.ReuseConnections(var connections) -> json.writeNumberProperty("connections", connections);
            case Remedy.ServerClosesFirst() -> json.writeNumberProperty("timeWaitSeconds", 0);
            case Remedy.MoreDestinations(long total) -> json.writeNumberProperty("destinations", total);
            case Remedy.MoreSources(long total) -> json.writeNumberProperty("sources", total);
            case Remedy.FewerClosed(var pool) -> json.writeNumberProperty("ports", pool.size());
            case Remedy.WiderRange(var range, var pool) -> {
                document.range("range", range);
                json.writeNumberProperty("ports", pool.size());
            }
            case Remedy.TakeOverTimeWait(double seconds) -> json.writeNumberProperty("timeWaitSeconds", seconds);
            case Remedy.ShorterTimeWait(double seconds) -> json.writeNumberProperty("timeWaitSeconds", seconds);
        }
        json.writeEndObject();
    }

    private static void busiest(Document document, @Nullable List<Traffic> busiest) {
        JsonGenerator json = document.json();
        if (busiest == null) {
            json.writeNullProperty("busiest");
            return;
        }
        json.writeArrayPropertyStart("busiest");
        for (Traffic one : busiest) {
            json.writeStartObject();
            json.writeStringProperty("source", one.source().toString());
            document.endpoint("destination", one.destination());
            json.writeNumberProperty("inUse", one.inUse());
            json.writeNumberProperty("keptOpen", one.kept());
            document.number("closesPerSecond", one.closesPerSecond());
            exact(json, "holdSeconds", one.holdSeconds());
            json.writeNumberProperty("timeWaitSeconds", one.timeWaitSeconds());
            exact(json, "sustainableConnectionsPerSecond", one.sustainableConnectionsPerSecond());
            exact(json, "cliffConnectionsPerSecond", one.cliffConnectionsPerSecond());
            document.number("sharePercent", one.sharePercent());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** To nine digits, wherever the point is: what is computed may be small without being nothing. */
    private static void exact(JsonGenerator json, String name, @Nullable Double number) {
        if (number == null) {
            json.writeNullProperty(name);
        } else {
            json.writeNumberProperty(
                    name, new BigDecimal(number).round(NINE_DIGITS).doubleValue());
        }
    }
}
