package dev.berth.linux.nat;

/**
 * A rule of a chain, as far as it matters to where traffic goes.
 *
 * @param text the rule as the system's own tool writes it
 */
record Step(Conditions conditions, Verdict verdict, String text) {}
