package dev.berth.remedy.free;

import dev.berth.diagnosis.Holder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of carrying out a plan. */
public sealed interface FreeEnd {
    /** A server can bind the port. */
    record Freed() implements FreeEnd {}

    /** The port is not free after all. */
    sealed interface Failure extends FreeEnd {}

    /** It was freed, and others had it before anybody else could. */
    record TakenAgain(List<Holder> by) implements Failure {
        public TakenAgain {
            by = List.copyOf(by);
        }
    }

    /**
     * It is still held.
     *
     * @param help what may end those who hold it
     */
    record StillHeld(List<Holder> by, Help help) implements Failure {
        public StillHeld {
            by = List.copyOf(by);
        }
    }

    /** What to try on those who still hold a port. */
    enum Help {
        /** They were asked to end, and have not. */
        FORCE,
        /** Their processes were not asked. */
        SIGNAL,
        /** They are others than were planned for. */
        LOOK_AGAIN
    }

    /** Nothing is seen to hold it, and a bind is refused all the same. */
    record StillRefused() implements Failure {}

    /**
     * An act was not permitted.
     *
     * @param needs what would permit it
     */
    record NotPermitted(String needs) implements Failure {}

    /**
     * This system has no such act.
     *
     * @param next the gentlest other way, or null where there is none
     */
    record NotPossible(String why, @Nullable Way next) implements Failure {}

    /** An act failed. */
    record Failed(String why) implements Failure {}

    /** The log could not be written, so nothing more was done. */
    record LogFailed(String why) implements Failure {
        public static LogFailed of(IOException e) {
            if (e instanceof AccessDeniedException denied) {
                return new LogFailed(denied.getFile() + ": permission denied");
            }
            return new LogFailed(
                    e instanceof FileSystemException failed && failed.getReason() != null
                            ? failed.getFile() + ": " + failed.getReason()
                            : e.toString());
        }
    }
}
