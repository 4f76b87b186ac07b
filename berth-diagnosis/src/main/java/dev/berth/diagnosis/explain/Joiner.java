package dev.berth.diagnosis.explain;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins the clues of neighbouring lines that do not contradict each other. The same sentence again is a second incident,
 * unless a stack trace goes on with it.
 */
final class Joiner {
    /** So many lines later another line may still complete an incident. */
    static final int REACH = 16;

    /** Those of a stack trace are many. */
    static final int TRACE_REACH = 200;

    /** Yet the frames that tell the call are its first: those further down may be of another trace, without an error of ours. */
    static final int FRAME_REACH = 5;

    /** Before an incident, what a product said of its port when it started. */
    static final int LEAD = 200;

    /** Of lines that were written so far from each other, one does not complete the other. */
    static final Duration APART = Duration.ofMinutes(1);

    private static final int MOST_OPEN = 64;

    private record Heard(Clue clue, LogLine line) {}

    private final Consumer<Incident> told;
    private final Deque<Gathering> open = new ArrayDeque<>(); // in order of their first lines
    private final Deque<Heard> leads = new ArrayDeque<>();

    Joiner(Consumer<Incident> told) {
        this.told = told;
    }

    void add(Clue clue, LogLine line) {
        close(line.number());
        if (clue.joins() == Clue.Joins.BELOW) {
            leads.add(new Heard(clue, line));
            if (leads.size() > MOST_OPEN) {
                leads.remove();
            }
            return;
        }
        Gathering to = newestThatTakes(clue, line);
        if (to != null) {
            to.add(clue, line);
        } else if (clue.joins() == Clue.Joins.ALONE) {
            begin(clue, line);
        }
    }

    private void begin(Clue clue, LogLine line) {
        var gathering = new Gathering(clue, line);
        for (Iterator<Heard> heard = leads.descendingIterator(); heard.hasNext(); ) {
            Heard lead = heard.next();
            if (gathering.isCompletedBy(lead.clue(), lead.line())) {
                gathering.lead(lead.clue());
            }
        }
        open.add(gathering);
        if (open.size() > MOST_OPEN) {
            told.accept(open.remove().incident());
        }
    }

    private @Nullable Gathering newestThatTakes(Clue clue, LogLine line) {
        for (Iterator<Gathering> newest = open.descendingIterator(); newest.hasNext(); ) {
            Gathering gathering = newest.next();
            if (gathering.takes(clue, line)) {
                return gathering;
            }
        }
        return null;
    }

    /** Tells those that no line from here on can belong to. */
    private void close(long line) {
        while (!open.isEmpty() && line - open.getFirst().lastLine() > TRACE_REACH) {
            told.accept(open.remove().incident());
        }
        while (!leads.isEmpty() && line - leads.getFirst().line().number() > LEAD) {
            leads.remove();
        }
    }

    /** Tells those that have had no line since this was called before. */
    void settle() {
        List<Gathering> settled =
                open.stream().filter(gathering -> !gathering.isStirred()).toList();
        open.removeAll(settled);
        open.forEach(Gathering::rest);
        settled.forEach(gathering -> told.accept(gathering.incident()));
    }

    void end() {
        List<Gathering> last = new ArrayList<>(open);
        open.clear();
        leads.clear();
        last.forEach(gathering -> told.accept(gathering.incident()));
    }
}
