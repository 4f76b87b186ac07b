package dev.berth.cli.command;

import dev.berth.cli.screen.ChangeScreen;
import dev.berth.platform.Build;
import dev.berth.remedy.apply.Recovered;
import dev.berth.remedy.apply.Recovery;
import dev.berth.remedy.apply.Tunings;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import dev.berth.remedy.log.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What a Berth that was killed, or a confirmation that never came, has left: put in order before anything else is changed. */
record Aftermath(Console console, Path folder, Tunings tunings, InstantSource clock) {
    /** How long one Berth waits for another. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Opens the journal for this Berth, as soon as nobody else has it open. */
    Journal open() throws JournalException {
        return Journal.open(
                folder, Actor.here(console.environment(), Build.here().toString()), clock, PATIENCE);
    }

    /** Puts in order what there is, and says so unless a document is asked for; where there is nothing, nothing is opened. */
    List<Recovered> settle() throws IOException {
        Instant now = clock.instant();
        if (Journal.read(folder).stream().noneMatch(change -> isLeftBehind(change, now))) {
            return List.of();
        }
        try (Journal journal = open()) {
            return settle(journal);
        }
    }

    /** The same with the journal open. */
    List<Recovered> settle(Journal journal) throws IOException {
        List<Recovered> recovered = new Recovery(journal, tunings, clock).run();
        if (!console.json()) {
            ChangeScreen.recovered(console.page(), recovered);
        }
        return recovered;
    }

    private static boolean isLeftBehind(Change change, Instant now) {
        return change.state() == Change.State.UNFINISHED || change.isOverdue(now);
    }
}
