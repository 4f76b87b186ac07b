package dev.berth.windows.tuning;

import dev.berth.platform.ActOutcome;

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

    ActOutcome outcome() {
        return outcome;
    }
}
