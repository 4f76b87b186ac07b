package dev.berth.diagnosis.explain;

import java.util.function.Consumer;

/**
 * Puts incidents together from the lines of one log, given in their order. Lines without any of
 * {@link Recogniser#triggers()} may be left out: nothing is in them.
 */
public final class Incidents {
    private final Recogniser recogniser;
    private final Joiner joiner;

    /**
     * @param told each incident, once no later line can belong to it
     */
    public Incidents(Recogniser recogniser, Consumer<Incident> told) {
        this.recogniser = recogniser;
        this.joiner = new Joiner(told);
    }

    public void line(LogLine line) {
        Clue clue = recogniser.recognise(line.text());
        if (clue != null) {
            joiner.add(clue, line);
        }
    }

    /** Time has passed: tells every incident that no line has come to since this was called before. */
    public void settle() {
        joiner.settle();
    }

    /** No line follows, or another log does: tells what is still held back, and forgets what was said before. */
    public void end() {
        joiner.end();
    }
}
