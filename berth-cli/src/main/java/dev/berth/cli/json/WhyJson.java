package dev.berth.cli.json;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Elsewhere;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Prediction;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.net.rule.BindPrediction;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.NatRules;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** {@code berth.why/1}. */
public final class WhyJson {
    private WhyJson() {}

    public static void write(OutputStream out, Explanation why) {
        try (var document = new Document(out, "why")) {
            JsonGenerator json = document.json();
            json.writeNumberProperty("port", why.port());
            json.writeStringProperty("protocol", why.protocol().label());
            json.writeStringProperty("address", why.address().toString());
            json.writeStringProperty("verdict", why.verdict().label());
            document.truth("listenable", why.listenable());
            json.writeBooleanProperty("holdersComplete", why.holdersComplete());
            document.holders(why.holders());
            proof(document, why.proof());
            predictions(document, why.plan());
            json.writeStringProperty("clause", why.clause());
            elsewhere(document, why);
            document.truth("inDynamicRange", why.inDynamicRange());
            document.truth("reserved", why.reserved());
            document.truth("excluded", why.excluded());
            fixes(document, why.fixes());
            document.end(why.gaps());
        }
    }

    private static void proof(Document document, List<Attempt> proof) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("proof");
        for (Attempt attempt : proof) {
            json.writeStartObject();
            json.writeStringProperty("operation", "bind");
            json.writeStringProperty("address", attempt.request().address().toString());
            option(json, attempt.request());
            switch (attempt.outcome()) {
                case BindOutcome.Bound _ -> json.writeStringProperty("result", "bound");
                case BindOutcome.Refused refused -> {
                    json.writeStringProperty("result", "refused");
                    json.writeObjectPropertyStart("errno");
                    json.writeStringProperty("name", refused.error().name());
                    json.writeNumberProperty("number", refused.error().number());
                    json.writeEndObject();
                }
                case BindOutcome.NotTried not -> {
                    json.writeStringProperty("result", "notTried");
                    json.writeStringProperty("reason", not.why());
                }
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void option(JsonGenerator json, BindRequest request) {
        json.writeBooleanProperty("reuseAddress", request.reuseAddress());
        json.writeBooleanProperty("exclusive", request.exclusive());
    }

    private static void predictions(Document document, ProbePlan plan) {
        document.json().writeArrayPropertyStart("prediction");
        plan.predictions().forEach(prediction -> prediction(document, prediction));
        document.json().writeEndArray();
    }

    private static void prediction(Document document, Prediction prediction) {
        JsonGenerator json = document.json();
        json.writeStartObject();
        option(json, prediction.request());
        json.writeStringProperty(
                "result",
                switch (prediction.answer()) {
                    case BindPrediction.Allowed _ -> "allowed";
                    case BindPrediction.Refused _ -> "refused";
                    case BindPrediction.Depends _ -> "depends";
                });
        json.writeArrayPropertyStart("obstacles");
        for (Prediction.Obstacle obstacle : prediction.obstacles()) {
            json.writeStartObject();
            document.endpoint("local", obstacle.holder().local());
            document.endpoint("remote", obstacle.holder().remote());
            json.writeStringProperty("clause", obstacle.clause().sentence());
            json.writeStringProperty("source", obstacle.clause().source());
            json.writeBooleanProperty("inferred", obstacle.clause().inferred());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void elsewhere(Document document, Explanation why) {
        Elsewhere elsewhere = why.elsewhere();
        if (elsewhere == null) {
            document.json().writeNullProperty("elsewhere");
            return;
        }
        JsonGenerator json = document.json();
        NatRules.Rule rule = elsewhere.redirection().rule();
        json.writeObjectPropertyStart("elsewhere");
        json.writeStringProperty("rule", rule.text());
        json.writeStringProperty("source", rule.source());
        json.writeStringProperty(
                "traffic",
                switch (rule.traffic()) {
                    case ARRIVING -> "arriving";
                    case OWN -> "own";
                });
        json.writeBooleanProperty("all", elsewhere.isWhole());
        document.endpoint("to", elsewhere.redirection().target(why.port()).orElse(null));
        document.holders("receivers", elsewhere.receivers());
        json.writeEndObject();
    }

    static void fixes(Document document, List<Fix> fixes) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("fixes");
        for (Fix fix : fixes) {
            json.writeStartObject();
            json.writeStringProperty("id", fix.id());
            json.writeStringProperty("summary", fix.summary());
            document.text("command", fix.command());
            json.writeStringProperty("risk", fix.risk().label());
            json.writeBooleanProperty("persistent", fix.persistent());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
