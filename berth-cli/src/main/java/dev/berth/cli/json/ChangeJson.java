package dev.berth.cli.json;

import dev.berth.remedy.apply.Applied;
import dev.berth.remedy.apply.ChangeReport;
import dev.berth.remedy.apply.NotChanged;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Unconfirmed;
import dev.berth.remedy.apply.Undone;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.plan.Plan;
import dev.berth.remedy.plan.PlanRefusedException;
import dev.berth.remedy.plan.Step;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The document of every command that changes settings: {@code berth.reserve/1} and so on. */
public final class ChangeJson {
    private ChangeJson() {}

    public static void write(OutputStream out, String name, String command, ChangeReport report) throws IOException {
        write(out, name, command, report, null);
    }

    /**
     * @param freed how a port was freed first; null where that was not asked for
     */
    public static void write(
            OutputStream out, String name, String command, ChangeReport report, @Nullable FreeJson freed)
            throws IOException {
        try (out;
                var document = new Document(out, name)) {
            document.json().writeStringProperty("command", command);
            if (freed != null) {
                freed.within(document, "freed");
            }
            fields(document, report);
            document.end(report.gaps());
        }
    }

    /** What came of a change, into the object that is open. */
    static void fields(Document document, ChangeReport report) {
        JsonGenerator json = document.json();
        Applied applied = report.end() instanceof ChangeReport.End.Tried(Applied tried, var _) ? tried : null;
        json.writeStringProperty("outcome", report.end().label());
        document.number("change", applied == null ? null : number(applied));
        confirmBy(document, report.end());
        NotChanged told = told(report.end());
        document.text("why", told == null ? null : told.what() + ": " + told.why());
        document.text("next", told == null ? null : told.next());
        plan(document, report.plan());
        undone(document, applied instanceof Applied.Failed failed ? failed.undoing() : null);
        recovered(document, report.recovered());
        pending(document, report);
        document.text("journal", report.journal().toString());
    }

    private static @Nullable NotChanged told(ChangeReport.End end) {
        return switch (end) {
            case ChangeReport.End.Nothing(), ChangeReport.End.Planned() -> null;
            case ChangeReport.End.Outdated(NotChanged told) -> told;
            case ChangeReport.End.Held(NotChanged told) -> told;
            case ChangeReport.End.Refused(PlanRefusedException reason) ->
                new NotChanged(String.valueOf(reason.getMessage()), reason.why(), reason.next());
            case ChangeReport.End.Tried(Applied applied, var _) -> NotChanged.of(applied);
        };
    }

    private static @Nullable Integer number(Applied applied) {
        return switch (applied) {
            case Applied.Done(int id) -> id;
            case Applied.Stale _ -> null;
            case Applied.Failed failed -> failed.id();
        };
    }

    private static void confirmBy(Document document, ChangeReport.End end) {
        var deadline = end instanceof ChangeReport.End.Tried(var _, var given) ? given : null;
        document.text("confirmBy", deadline == null ? null : deadline.at().toString());
    }

    /** Where, what, and what else there is to know, into the object that is open. */
    static void plan(Document document, Plan plan) {
        document.netns(plan.netns());
        document.json().writeArrayPropertyStart("steps");
        for (Step step : plan.steps()) {
            document.json().writeStartObject();
            step(document, step);
            document.json().writeEndObject();
        }
        document.json().writeEndArray();
        document.json().writeArrayPropertyStart("notes");
        plan.notes().forEach(document.json()::writeString);
        document.json().writeEndArray();
    }

    /** One step, into the object that is open. */
    static void step(Document document, Step step) {
        JsonGenerator json = document.json();
        json.writeStringProperty("setting", step.setting());
        json.writeStringProperty("place", step.place().label());
        document.text("from", step.from());
        document.text("to", step.to());
        json.writeStringProperty("risk", step.risk().label());
        json.writeStringProperty("why", step.why());
    }

    /** How steps were taken back, into the object that is open. */
    static void undone(Document document, @Nullable Undone undone) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("undone");
        for (Undone.Taken taken : undone == null ? List.<Undone.Taken>of() : undone.steps()) {
            json.writeStartObject();
            json.writeStringProperty("setting", taken.step().setting());
            json.writeStringProperty("place", taken.step().place().label());
            switch (taken.end()) {
                case Undone.End.Back back -> end(document, "back", null, back);
                case Undone.End.Nothing(String why) -> end(document, "nothing", why, null);
                case Undone.End.Left(String why, var part) -> end(document, "left", why, part);
                case Undone.End.Owed(String why) -> end(document, "owed", why, null);
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void end(Document document, String end, @Nullable String detail, Undone.End.@Nullable Back set) {
        document.json().writeStringProperty("end", end);
        document.text("detail", detail);
        document.truth("set", set != null);
        document.text("from", set == null ? null : set.from());
        document.text("to", set == null ? null : set.to());
    }

    /** What was put in order before, into the object that is open. */
    static void recovered(Document document, List<Recovered> recovered) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("recovered");
        for (Recovered one : recovered) {
            json.writeStartObject();
            json.writeNumberProperty("change", one.change().id());
            json.writeStringProperty("command", one.change().command());
            json.writeStringProperty("why", camel(one.why()));
            document.truth(
                    "complete", one.undone() == null ? null : one.undone().complete());
            undone(document, one.undone());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static String camel(Recovered.Why why) {
        return switch (why) {
            case INTERRUPTED -> "interrupted";
            case OWED -> "owed";
            case INTERRUPTED_UNDOING -> "interruptedUndoing";
            case NOT_CONFIRMED -> "notConfirmed";
            case WAITED -> "waited";
        };
    }

    private static void pending(Document document, ChangeReport report) {
        JsonGenerator json = document.json();
        json.writeArrayPropertyStart("pending");
        for (Change change : report.pending()) {
            json.writeStartObject();
            json.writeNumberProperty("change", change.id());
            json.writeStringProperty("command", change.command());
            json.writeStringProperty("state", change.state().label());
            document.text(
                    "confirmBy",
                    change.confirmBy() == null ? null : change.confirmBy().toString());
            json.writeArrayPropertyStart("kept");
            Unconfirmed.kept(change, report.plan()).forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
