package dev.berth.lab;

import java.util.List;

/** One thing that is told while a scenario runs. */
public sealed interface Told {
    /** What comes next, as a heading. */
    record Part(String title) implements Told {}

    /** Prose. */
    record Words(String text) implements Told {}

    /**
     * A command and all it wrote.
     *
     * @param machine where it was typed; empty where there is only one
     * @param output both of its streams, as they came
     */
    record Typed(String machine, String line, String output, int exitCode) implements Told {}

    /** What must be so, and whether it was. */
    record Claim(String claim, boolean held) implements Told {}

    /** A part that was left out. */
    record Skipped(String what, String why) implements Told {}

    /** What was measured, side by side. */
    record Measured(Table table) implements Told {}

    /** A picture of what was measured, as an SVG document. */
    record Drawn(String name, String title, String svg) implements Told {}

    /**
     * What was left running.
     *
     * @param enter the words of the command that opens a shell on the first machine
     * @param others the other machines: such a name behind {@code enter} opens a shell there
     * @param end the words of the command that ends all of it
     */
    record Kept(List<String> enter, List<String> others, List<String> end) implements Told {}
}
