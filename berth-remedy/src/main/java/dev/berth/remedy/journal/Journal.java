package dev.berth.remedy.journal;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.file.UnfinishedFile;
import dev.berth.remedy.log.Actor;
import dev.berth.remedy.log.LineFile;
import dev.berth.remedy.plan.Plan;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code changes.jsonl}: before and after each step of a change a line, each on the disk before anything else happens. Whoever
 * has it open is the only one who changes this host. For one thread.
 */
public final class Journal implements AutoCloseable {
    private final @Nullable JournalFile file;
    private final Actor actor;
    private final InstantSource clock;
    private final History history;

    private Journal(@Nullable JournalFile file, Actor actor, InstantSource clock, History history) {
        this.file = file;
        this.actor = actor;
        this.clock = clock;
        this.history = history;
    }

    /**
     * One attempt to take a step back.
     *
     * @param startId the run of the system in which it was made
     * @param found the value that was there; null where there was none
     * @param target the value that was to be set; null for none
     */
    public record Attempt(
            String startId,
            @Nullable String found,
            @Nullable String target) {}

    /** How lines come to the disk. */
    interface Disk {
        void append(LineFile file, byte[] line) throws IOException;
    }

    /** The journal in {@code folder}. */
    public static Path file(Path folder) {
        return folder.resolve("changes.jsonl");
    }

    /**
     * Opens the journal in {@code folder} for the one who changes; makes both where they are missing, for their owner only.
     *
     * @param patience how long to wait for another Berth that has it open
     */
    public static Journal open(Path folder, Actor actor, InstantSource clock, Duration patience)
            throws JournalException {
        return open(folder, actor, clock, patience, LineFile::append);
    }

    static Journal open(Path folder, Actor actor, InstantSource clock, Duration patience, Disk disk)
            throws JournalException {
        ChangeLock lock = ChangeLock.take(folder, actor, patience);
        LineFile file = null;
        Journal journal = null;
        try {
            Lines.Told told = Lines.read(file(folder));
            file = LineFile.open(file(folder));
            long whole = told == null ? 0 : told.whole();
            file.cut(whole);
            History history = told == null ? new History() : told.history();
            journal = new Journal(new JournalFile(file, disk, lock, whole), actor, clock, history);
            return journal;
        } catch (JournalException e) {
            throw e;
        } catch (IOException e) {
            throw inaccessible(file(folder), e);
        } finally {
            if (journal == null) {
                closed(file, lock);
            }
        }
    }

    private static void closed(@Nullable LineFile file, ChangeLock lock) throws JournalException {
        try (lock;
                file) {
            // both, whatever becomes of the first
        } catch (IOException e) {
            throw inaccessible(Path.of("changes.lock"), e);
        }
    }

    static JournalException inaccessible(Path file, IOException e) {
        if (e instanceof AccessDeniedException) {
            return new JournalException(
                    JournalException.Kind.NOT_PERMITTED,
                    "the journal of changes may not be read or written, and without it nothing is changed",
                    file + " is another user's",
                    "the same as that user (root: sudo; on Windows, as administrator), or name another folder in BERTH_STATE");
        }
        return new JournalException(
                JournalException.Kind.INACCESSIBLE,
                "the journal of changes cannot be read or written, and without it nothing is changed",
                file + ": " + UnfinishedFile.reason(e),
                "set that right, or name another folder in BERTH_STATE");
    }

    /** Reads the journal in {@code folder} as it is, and waits for nobody; empty where there is none. Oldest first. */
    public static List<Change> read(Path folder) throws JournalException {
        Lines.Told told = Lines.read(file(folder));
        return told == null ? List.of() : told.history().changes();
    }

    /**
     * What this Berth can read of a journal.
     *
     * @param changes oldest first
     * @param beyond that a newer Berth wrote lines of it, so that they may be out of date; null where none did
     */
    public record Known(List<Change> changes, @Nullable JournalException beyond) {}

    /** The same for whoever only wants to know, and goes without what a newer Berth wrote. */
    public static Known readKnown(Path folder) throws JournalException {
        Lines.Told told = Lines.readKnown(file(folder));
        return told == null
                ? new Known(List.of(), null)
                : new Known(told.history().changes(), told.beyond());
    }

    /** One that begins as the journal in {@code folder} is, and goes on in memory only: nobody waits for it, or it for anybody. */
    public static Journal imagined(Path folder, Actor actor, InstantSource clock) throws JournalException {
        Lines.Told told = Lines.read(file(folder));
        return new Journal(null, actor, clock, told == null ? new History() : told.history());
    }

    /** Every change so far, oldest first. */
    public List<Change> changes() {
        return history.changes();
    }

    /** The change with this number, which must be one. */
    public Change change(int id) {
        return history.change(id);
    }

    /** Why a change is being taken back; null where it is not. */
    public @Nullable UndoReason undoing(int id) {
        return history.undoing(id);
    }

    /** The attempt to take a step back that has not ended; null where there is none. */
    public @Nullable Attempt attempt(int id, int step) {
        return history.attempt(id, step);
    }

    /**
     * Says what is going to be done, and gives it a number.
     *
     * @param confirmWithin how long it waits to be confirmed; null where it lasts anyway
     */
    public Change begin(Plan plan, String command, String startId, @Nullable Duration confirmWithin)
            throws JournalException {
        int id = history.next();
        Instant at = now();
        Instant confirmBy = confirmWithin == null ? null : at.plus(confirmWithin);
        if (file != null) {
            file.note("process %d of %s (berth %s)".formatted(actor.pid(), actor.user(), command));
        }
        add(new Event.Begun(id, at, actor, command, startId, plan.netns(), confirmBy, plan.steps()));
        return change(id);
    }

    public void doing(int id, int step) throws JournalException {
        add(new Event.Doing(id, now(), step));
    }

    public void done(int id, int step) throws JournalException {
        add(new Event.Done(id, now(), step));
    }

    public void failed(int id, int step, ActOutcome outcome) throws JournalException {
        add(new Event.Failed(id, now(), step, outcome.label(), outcome.detail()));
    }

    /** Every step is done: the time to confirm it begins now, however long the steps took. */
    public void applied(int id) throws JournalException {
        Change change = change(id);
        Instant now = now();
        Instant by = change.confirmBy();
        add(new Event.Applied(id, now, by == null ? null : now.plus(Duration.between(change.at(), by))));
    }

    /** Every step was done by a Berth that was killed, and nobody was told so: the time to confirm it is what it was. */
    public void wasApplied(int id) throws JournalException {
        add(new Event.Applied(id, now(), change(id).confirmBy()));
    }

    /**
     * Lets a change last.
     *
     * @return whether it was waiting for that
     */
    public boolean confirm(int id) throws JournalException {
        boolean waits = change(id).state() == Change.State.UNCONFIRMED;
        if (waits) {
            add(new Event.Confirmed(id, now(), actor));
        }
        return waits;
    }

    public void undoing(int id, UndoReason reason) throws JournalException {
        add(new Event.Undoing(id, now(), reason, actor));
    }

    public void undoingStep(int id, int step, Attempt attempt) throws JournalException {
        add(new Event.UndoingStep(id, now(), step, attempt));
    }

    /** Says how a step was taken back; {@code left} where it was not, or not all of it. */
    public void undoneStep(int id, int step, boolean left, @Nullable String detail) throws JournalException {
        add(new Event.UndoneStep(id, now(), step, left, detail));
    }

    /** Says why a step could not be taken back yet. The change is not ended then: whoever comes next goes on. */
    public void owed(int id, int step, String detail) throws JournalException {
        add(new Event.Owed(id, now(), step, detail));
    }

    /**
     * Ends a change that was taken back, or that came to nothing.
     *
     * @param detail why, where neither a step nor the reason of the undoing tells
     */
    public void undone(int id, @Nullable String detail) throws JournalException {
        boolean partly = change(id).steps().stream().anyMatch(step -> step.progress() == Change.Progress.LEFT);
        add(new Event.Undone(id, now(), partly, detail));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void add(Event event) throws JournalException {
        if (file != null) {
            file.add(EventLine.write(event));
        }
        history.add(event);
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
