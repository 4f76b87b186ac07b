package dev.berth.lab.bench;

/** A budget of which this run can say nothing. */
public record Unchecked(String scene, String what, String why) {}
