package dev.berth.diagnosis;

import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;

/** A bind that was tried, and how it went: the proof under a verdict. */
public record Attempt(BindRequest request, BindOutcome outcome) {}
