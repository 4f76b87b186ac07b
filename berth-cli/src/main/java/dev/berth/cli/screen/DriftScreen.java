package dev.berth.cli.screen;

import dev.berth.remedy.policy.Drift;
import dev.berth.remedy.policy.Item;
import dev.berth.remedy.policy.Item.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;

/** How a host differs from a policy: what is in order is counted, the rest has a line each. */
public final class DriftScreen {
    private static final int FEW = 4;
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
            items(page, drift);
        }
        page.gaps(drift.gaps());
    }

    /** Of a service that is in the way of many, the first few; of a reason that many have, the first time. */
    private static void items(Page page, Drift drift) {
        var held = new LinkedHashMap<String, Integer>();
        var reasons = new HashSet<String>();
        for (Item item : drift.items()) {
            if (item.state() == State.PENDING) {
                int before = held.merge(String.valueOf(item.about()), 1, Integer::sum) - 1;
                if (before >= FEW) {
                    continue;
                }
            }
            if (item.state() != State.OK) {
                print(page, item, item.why() != null && reasons.add(item.why()));
            }
        }
        held.forEach((about, count) -> {
            if (count > FEW) {
                page.prose(
                        INDENT,
                        "%s: %s held by others; --json has each"
                                .formatted(
                                        Escaped.text(about),
                                        Figures.count(count - FEW, "more port is", "more ports are")));
            }
        });
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

    private static void print(Page page, Item item, boolean reasoned) {
        String label = label(item.state());
        String about = item.about() == null ? "" : Escaped.text(item.about()) + ": ";
        String change = item.to() == null
                ? ""
                : " (" + (item.from() == null ? "" : ValueDiff.inProse(item.from()) + " ") + "→ "
                        + ValueDiff.inProse(item.to()) + ")";
        page.prose(
                "  " + painted(page, item.state(), label),
                2 + label.length(),
                INDENT,
                about + ValueDiff.inProse(item.text()) + change);
        if (reasoned) {
            page.prose(INDENT, ValueDiff.inProse(String.valueOf(item.why())));
        }
        if (item.next() != null && (reasoned || item.why() == null)) {
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
