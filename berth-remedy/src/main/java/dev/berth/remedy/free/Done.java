package dev.berth.remedy.free;

import dev.berth.platform.ActOutcome;
import dev.berth.remedy.log.Act;

/** An act, and how it went. */
public record Done(Act act, ActOutcome outcome) {}
