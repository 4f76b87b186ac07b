package dev.berth.platform;

import java.time.Instant;

/** Exactly one process, and never a later one that was given its id. */
public record ProcessRef(int pid, Instant startedAt) {}
