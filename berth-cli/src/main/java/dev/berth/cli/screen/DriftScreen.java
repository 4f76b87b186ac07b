package dev.berth.cli.screen;

import dev.berth.remedy.policy.Drift;
import dev.berth.remedy.policy.Item;
import dev.berth.remedy.policy.Item.State;
import java.util.ArrayList;
import java.util.List;

/** How a host differs from a policy: what is in order is counted, the rest has a line each. */
public final class DriftScreen {
    private static final int INDENT = 11; // the longest state, and blanks around it

    private DriftScreen() {}

    /** @param file the policy, as it was named */
    public static void print(Page page, String file, Drift drift) {
        String name = Escaped.text(file);
        if (drift.inOrder()) {
            page.prose(
                    0,
                    page.ink().green("As " + name + " wants it:") + " all "
                            + drift.items().size() + " things looked at are so"
                            + (drift.lasting() ? "." : ", until the next start."));
        } else {
            page.line(page.ink().bold(name + ": " + counts(drift)));
            for (Item item : drift.items()) {
                if (item.state() != State.OK) {
                    print(page, item);
                }
            }
        }
        page.gaps(drift.gaps());
    }

    private static String counts(Drift drift) {
        var parts = new ArrayList<String>();
        part(parts, drift.count(State.DRIFT), "differs", "differ");
        part(parts, drift.count(State.PENDING), "is pending", "are pending");
        part(parts, drift.count(State.CANNOT), "cannot be so", "cannot be so");
        part(parts, drift.count(State.OK), "is in order", "are in order");
        return String.join(", ", parts);
    }

    private static void part(List<String> parts, int count, String one, String more) {
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : more));
        }
    }

    private static void print(Page page, Item item) {
        String label = label(item.state());
        String about = item.about() == null ? "" : Escaped.text(item.about()) + ": ";
        String change = item.to() == null
                ? ""
                : " (" + (item.from() == null ? "" : Escaped.text(item.from()) + " ") + "→ " + Escaped.text(item.to())
                        + ")";
        page.prose(
                "  " + painted(page, item.state(), label),
                2 + label.length(),
                INDENT,
                about + Escaped.text(item.text()) + change);
        if (item.next() != null) {
            page.prose(INDENT, page.ink().cyan(Escaped.text(item.next())));
        }
    }

    private static String label(State state) {
        return switch (state) {
            case OK -> "ok";
            case DRIFT -> "differs";
            case PENDING -> "pending";
            case CANNOT -> "cannot";
        };
    }

    private static String painted(Page page, State state, String label) {
        return switch (state) {
            case OK -> page.ink().green(label);
            case DRIFT, PENDING -> page.ink().yellow(label);
            case CANNOT -> page.ink().red(label);
        };
    }
}
