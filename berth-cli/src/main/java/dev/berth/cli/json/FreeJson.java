package dev.berth.cli.json;

import dev.berth.diagnosis.Explanation;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.free.Done;
import dev.berth.remedy.free.FreeEnd;
import dev.berth.remedy.free.FreeOptions;
import dev.berth.remedy.free.FreePlan;
import dev.berth.remedy.free.FreeReport;
import dev.berth.remedy.free.FreeWording;
import dev.berth.remedy.free.NotFreed;
import dev.berth.remedy.free.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code berth.free/1}.
 *
 * @param report what was done, or null where nothing was tried
 * @param log where every act was written down, or null
 */
public record FreeJson(
        NetworkNamespace netns,
        Explanation before,
        FreePlan plan,
        FreeOptions options,
        boolean dryRun,
        @Nullable FreeReport report,
        @Nullable Path log) {

    public void write(OutputStream out) throws IOException {
        try (out;
                var document = new Document(out, "free")) {
            fields(document);
            document.end(before.gaps());
        }
    }

    /** The whole document, as a part of another one. */
    void within(Document document, String name) {
        document.json().writeObjectPropertyStart(name);
        document.schema("free");
        fields(document);
        document.gaps(before.gaps());
        document.json().writeEndObject();
    }

    private void fields(Document document) {
        JsonGenerator json = document.json();
        json.writeNumberProperty("port", before.port());
        json.writeStringProperty("protocol", before.protocol().label());
        json.writeStringProperty("address", before.address().toString());
        document.netns(netns);
        json.writeBooleanProperty("dryRun", dryRun);
        json.writeStringProperty("outcome", outcome());
        document.truth("listenable", listenable());
        NotFreed told = told();
        document.text("why", told == null ? null : told.why());
        document.text("next", told == null ? null : told.next());
        json.writeBooleanProperty("holdersComplete", before.holdersComplete());
        document.holders(before.holders());
        steps(document);
        acts(document, before, report == null ? List.of() : report.done());
        Explanation after = report == null ? null : report.after();
        document.holders("heldBy", after == null ? List.of() : after.inTheWay());
        document.number("tookSeconds", report == null ? null : report.took().toMillis() / 1000.0);
        document.text("log", report == null || report.done().isEmpty() || log == null ? null : log.toString());
    }

    private String outcome() {
        if (report == null) {
            return switch (plan) {
                case FreePlan.Nothing() -> "free";
                case FreePlan.Steps(var _) -> "planned";
                case FreePlan.Refused(var kind, var _, var _) ->
                    switch (kind) {
                        case NOT_PERMITTED -> "notPermitted";
                        case NOT_POSSIBLE -> "notPossible";
                    };
            };
        }
        return switch (report.end()) {
            case FreeEnd.Freed() -> "freed";
            case FreeEnd.TakenAgain(var _) -> "takenAgain";
            case FreeEnd.StillHeld(var _, var _) -> "stillHeld";
            case FreeEnd.StillRefused() -> "stillRefused";
            case FreeEnd.NotPermitted(var _) -> "notPermitted";
            case FreeEnd.NotPossible(var _, var _) -> "notPossible";
            case FreeEnd.Failed(var _) -> "failed";
            case FreeEnd.LogFailed(var _) -> "logFailed";
        };
    }

    private @Nullable Boolean listenable() {
        if (report == null) {
            return before.listenable();
        }
        return report.after() == null ? null : report.after().listenable();
    }

    private @Nullable NotFreed told() {
        if (report != null) {
            return report.end() instanceof FreeEnd.Failure failure ? NotFreed.of(failure, before) : null;
        }
        return plan instanceof FreePlan.Refused refused ? NotFreed.of(refused, before) : null;
    }

    private void steps(Document document) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("steps");
        if (plan instanceof FreePlan.Steps(var steps)) {
            for (Step step : steps) {
                json.writeStartObject();
                json.writeStringProperty("way", step.way().label());
                json.writeStringProperty("summary", FreeWording.what(step));
                json.writeStringProperty("cost", FreeWording.cost(step));
                json.writeStringProperty("whyNotGentler", FreeWording.whyNotGentler(step, options));
                document.holders(step.holders());
                json.writeEndObject();
            }
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("notes");
        if (plan instanceof FreePlan.Steps steps) {
            for (String note : FreeWording.notes(steps)) {
                json.writeString(note);
            }
        }
        json.writeEndArray();
    }

    private static void acts(Document document, Explanation before, List<Done> acts) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("acts");
        for (Done done : acts) {
            json.writeStartObject();
            json.writeStringProperty("act", done.act().label());
            json.writeStringProperty("summary", FreeWording.what(done.act(), before));
            json.writeStringProperty("outcome", done.outcome().label());
            document.text("detail", done.outcome().detail());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
