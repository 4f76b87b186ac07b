package dev.berth.cli.command;

import dev.berth.platform.HostReadException;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
import dev.berth.remedy.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a change is confirmed, or undoes it: what {@link Reverter} starts. Not for people, and in no help.
 *
 * <p>It asks the journal alone, and the same clock as everybody who reads it.
 */
final class RevertCommand implements Command {
    static final String NAME = "revert-unless-confirmed";
    static final String READY = "ready";

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final InstantSource clock = InstantSource.system();

    static CommandSpec spec() {
        return new CommandSpec(
                NAME,
                "undo a change in time unless it is confirmed",
                "ID",
                1,
                1,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    @Override
    public int run(Arguments arguments, Console console)
            throws UsageException, NotDoneException, HostReadException, IOException {
        int id = ChangeNumber.of(arguments);
        Path folder = StatePlace.of(console);
        ProcessHandle maker = ProcessHandle.current().parent().orElseThrow();
        console.machine().detach();
        console.page().note(READY);
        console.flush();
        var aftermath = new Aftermath(console, folder, new OpenTunings(console), clock);
        var watched = new Watched(folder, id);
        for (Change change = watched.change(); change != null; change = watched.change()) {
            if (isDue(change, maker) && settle(aftermath) && change.equals(watched.change())) {
                return ExitCode.PROBLEM; // its namespace cannot be reached any more, by this process
            }
            pause(change);
        }
        return ExitCode.OK;
    }

    private boolean isDue(Change change, ProcessHandle maker) {
        Instant by = change.confirmBy();
        boolean late = by != null && !by.isAfter(clock.instant());
        return late || change.state() == Change.State.UNFINISHED && !maker.isAlive();
    }

    /** @return whether it was tried */
    private static boolean settle(Aftermath aftermath) throws IOException {
        try {
            aftermath.settle();
            return true;
        } catch (JournalException e) {
            if (e.kind() != JournalException.Kind.BUSY) { // whoever is at it may be at this very change
                throw e;
            }
            return false;
        }
    }

    private void pause(Change change) {
        Instant by = change.confirmBy();
        Duration left = by == null ? PAUSE : Duration.between(clock.instant(), by);
        Duration pause = left.isPositive() && left.compareTo(PAUSE) < 0 ? left : PAUSE;
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts it", e);
        }
    }

    /** One change as the journal has it, read again only when the journal was written. */
    private static final class Watched {
        private final Path folder;
        private final int id;
        private @Nullable FileTime written;
        private long size;
        private @Nullable Change last;

        Watched(Path folder, int id) {
            this.folder = folder;
            this.id = id;
        }

        /** Null once it is ended. */
        @Nullable
        Change change() throws IOException {
            Path file = Journal.file(folder);
            FileTime now = Files.getLastModifiedTime(file);
            long length = Files.size(file);
            if (!now.equals(written) || length != size) {
                written = now;
                size = length;
                last = Journal.read(folder).stream()
                        .filter(change -> change.id() == id && isOpen(change))
                        .findFirst()
                        .orElse(null);
            }
            return last;
        }

        private static boolean isOpen(Change change) {
            return change.state() == Change.State.UNFINISHED || change.state() == Change.State.UNCONFIRMED;
        }
    }
}
