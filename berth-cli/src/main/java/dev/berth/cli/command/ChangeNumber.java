package dev.berth.cli.command;

import dev.berth.remedy.journal.Change;
import java.util.List;

/** The number of a change, as it is typed. */
final class ChangeNumber {
    private ChangeNumber() {}

    /** The first operand, which was given. */
    static int of(Arguments arguments) throws UsageException {
        String text = arguments.operands().getFirst();
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new UsageException(
                    "'" + text + "' is no change", "a change has a number, counted from 1", "berth changes lists them");
        }
        return Integer.parseInt(text);
    }

    /** The change of that number. */
    static Change find(List<Change> changes, int id) throws UsageException {
        for (Change change : changes) {
            if (change.id() == id) {
                return change;
            }
        }
        throw new UsageException(
                "there is no change " + id,
                changes.isEmpty()
                        ? "none is in this user's journal"
                        : "the last one is " + changes.getLast().id(),
                "berth changes lists them");
    }
}
