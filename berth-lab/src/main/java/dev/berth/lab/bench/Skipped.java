package dev.berth.lab.bench;

/** A command that was not timed. */
public record Skipped(String name, String why) {}
