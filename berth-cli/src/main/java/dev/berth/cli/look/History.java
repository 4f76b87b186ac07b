package dev.berth.cli.look;

import dev.berth.platform.Gap;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.ActReader;
import dev.berth.remedy.log.Acted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What this user's Berth has done to this host: changes of settings, which can be taken back, and acts, which cannot. Both
 * oldest first.
 *
 * @param gaps what could not be read of it
 */
public record History(Path folder, List<Change> changes, List<Acted> acts, List<Gap> gaps) {
    /** Reads what is written in {@code folder}, and waits for nobody. */
    public static History read(Path folder) throws IOException {
        List<Change> changes = Journal.read(folder);
        var gaps = new ArrayList<Gap>();
        ActReader.Acts acts = acts(folder, gaps);
        if (acts.unreadable() > 0) {
            gaps.add(new Gap(
                    "lines of " + ActLog.file(folder),
                    acts.unreadable() == 1
                            ? "one is none that this berth understands"
                            : acts.unreadable() + " are none that this berth understands"));
        }
        return new History(folder, changes, acts.acts(), gaps);
    }

    private static ActReader.Acts acts(Path folder, List<Gap> gaps) {
        try {
            return ActReader.read(folder);
        } catch (IOException e) {
            gaps.add(new Gap("what berth free did", String.valueOf(e.getMessage())));
            return new ActReader.Acts(List.of(), 0);
        }
    }
}
