package dev.berth.windows.tuning;

import dev.berth.platform.ActOutcome;
import dev.berth.windows.settings.Reply;

/** Ends a change before it is made, or in the middle. */
final class NotChangedException extends Exception {
    private final transient ActOutcome outcome;

    NotChangedException(ActOutcome outcome) {
        super(outcome.detail(), null, false, false);
        this.outcome = outcome;
    }

    static NotChangedException failed(String why) {
        return new NotChangedException(new ActOutcome.Failed(why));
    }

    /** What was read; where it was not, that ends the change. */
    static <T> T orFailed(Reply<T> reply) throws NotChangedException {
        return switch (reply) {
            case Reply.Read<T>(T value) -> value;
            case Reply.Unread<T>(String why) -> throw failed(why);
        };
    }

    ActOutcome outcome() {
        return outcome;
    }
}
