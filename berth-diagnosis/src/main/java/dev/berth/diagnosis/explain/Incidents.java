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

    /** No line follows, or none has for a while: tells what is still held back. */
    public void end() {
        joiner.end();
    }
}
