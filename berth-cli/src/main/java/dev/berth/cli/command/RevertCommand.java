package dev.berth.cli.command;

import dev.berth.platform.HostReadException;
import dev.berth.remedy.journal.Change;
import dev.berth.remedy.journal.Journal;
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
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(16);

    /** How long it tries; whoever changes anything later goes on. */
    private static final Duration PATIENCE = Duration.ofHours(1);

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
        var watch = new Watch(
                new Aftermath(console, folder, new OpenTunings(console), clock), new Watched(folder, id), maker);
        watch.untilItIsEnded();
        return ExitCode.OK;
    }

    /** One change, and what to do about it. */
    private final class Watch {
        private final Aftermath aftermath;
        private final Watched watched;
        private final ProcessHandle maker;
        private @Nullable Instant firstTry;
        private Duration pause = PAUSE;

        Watch(Aftermath aftermath, Watched watched, ProcessHandle maker) {
            this.aftermath = aftermath;
            this.watched = watched;
            this.maker = maker;
        }

        /** What cannot be read, written or set may be so for a moment: it is tried again, ever more slowly. */
        void untilItIsEnded() throws IOException {
            while (true) {
                Instant by = null;
                try {
                    Change change = watched.change();
                    if (change == null) {
                        return;
                    }
                    by = change.confirmBy();
                    if (isDue(change)) {
                        firstTry = firstTry == null ? clock.instant() : firstTry;
                        aftermath.settle();
                    }
                } catch (IOException e) { // another Berth is at it, a full disk
                    firstTry = firstTry == null ? clock.instant() : firstTry;
                    if (hasTriedEnough()) {
                        throw e;
                    }
                }
                if (hasTriedEnough()) {
                    return;
                }
                pause(by);
            }
        }

        private boolean isDue(Change change) {
            Instant by = change.confirmBy();
            return change.state() == Change.State.UNFINISHED
                    ? !maker.isAlive() || change.isOwed()
                    : by != null && !by.isAfter(clock.instant());
        }

        private boolean hasTriedEnough() {
            return firstTry != null && clock.instant().isAfter(firstTry.plus(PATIENCE));
        }

        private void pause(@Nullable Instant by) {
            Duration left = by == null ? pause : Duration.between(clock.instant(), by);
            try {
                Thread.sleep(left.isPositive() && left.compareTo(pause) < 0 ? left : pause);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody interrupts it", e);
            }
            if (firstTry != null && pause.compareTo(LONGEST_PAUSE) < 0) {
                pause = pause.multipliedBy(2);
            }
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
