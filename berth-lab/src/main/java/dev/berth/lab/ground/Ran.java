package dev.berth.lab.ground;

/**
 * A command that has ended.
 *
 * @param output both of its streams, as they came
 */
public record Ran(String output, int exitCode) {}
