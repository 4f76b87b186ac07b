package dev.berth.lab.plot;

/**
 * A place of the horizontal axis where something is to be seen.
 *
 * @param text a few words
 */
public record Mark(double x, String text) {}
