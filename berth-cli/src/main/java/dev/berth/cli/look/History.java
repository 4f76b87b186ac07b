package dev.berth.cli.look;

import dev.berth.platform.Gap;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.ActReader;
import dev.berth.remedy.log.Acted;
import dev.berth.remedy.log.Master;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What this user's Berth has done to this host: changes of settings, which can be taken back, and acts, which cannot. Both
 * oldest first.
 *
 * @param gaps what could not be read of it
 * @param beyond that a newer Berth wrote lines of the journal, which the changes go without; null where none did
 * @param hidden whether there are, or may be, changes that this user's Berth may not see
 */
public record History(
        Path folder,
        List<Change> changes,
        List<Acted> acts,
        List<Gap> gaps,
        @Nullable JournalException beyond,
        boolean hidden) {
    /**
     * Reads what is written in {@code folder}, and waits for nobody.
     *
     * @param master who may change the whole machine here
     * @param ofRoot where the Berth of such a one writes, if that is another folder
     */
    public static History read(Path folder, Master master, @Nullable Path ofRoot) throws IOException {
        var gaps = new ArrayList<Gap>();
        if (ofRoot != null) {
            gaps.add(new Gap(
                    "what " + master.who() + " changed",
                    "it is in " + ofRoot + ", and only what you did is here: " + master.types("berth changes")));
        }
        List<Change> changes = List.of();
        JournalException beyond = null;
        try {
            Journal.Known known = Journal.readKnown(folder);
            changes = known.changes();
            beyond = known.beyond();
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.NOT_PERMITTED) {
                throw e;
            }
            gaps.add(new Gap("changes of settings", e.why() + ": " + master.types("berth changes")));
        }
        if (beyond != null) {
            gaps.add(new Gap("what a newer Berth changed", beyond.why() + "; what is told may be out of date"));
        }
        boolean hidden = !gaps.isEmpty();
        ActReader.Acts acts = acts(folder, gaps);
        if (acts.unreadable() > 0) {
            gaps.add(new Gap(
                    "lines of " + ActLog.file(folder),
                    acts.unreadable() == 1
                            ? "one is none that this berth understands"
                            : acts.unreadable() + " are none that this berth understands"));
        }
        return new History(folder, changes, acts.acts(), gaps, beyond, hidden);
    }

    /** One change alone, with what could not be read. */
    public History of(Change change) {
        return new History(folder, List.of(change), List.of(), gaps, beyond, hidden);
    }

    private static ActReader.Acts acts(Path folder, List<Gap> gaps) {
        try {
            return ActReader.read(folder);
        } catch (IOException e) {
            boolean others = e instanceof AccessDeniedException;
            gaps.add(new Gap(
                    "what berth free did",
                    others ? e.getMessage() + " is another user's" : String.valueOf(e.getMessage())));
            return new ActReader.Acts(List.of(), 0);
        }
    }
}
