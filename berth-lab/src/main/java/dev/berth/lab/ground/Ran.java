package dev.berth.lab.ground;

/**
 * A command that has ended.
 *
 * @param output both of its streams, as they came
 */
public record Ran(String output, int exitCode) {
    /** What it said at last, or how it ended where it said nothing. */
    public String lastWords() {
        String last = Running.lastLines(output);
        return last.isEmpty() ? "exit " + exitCode : last;
    }
}
