package dev.berth.windows.recording;

import dev.berth.windows.system.ProcessEntry;

/** Secrets on command lines are what no capture holds; nobody reads the lines from one, so only the program stays. */
final class WithoutSecrets implements Redaction {
    @Override
    public ProcessEntry process(ProcessEntry process) {
        String program = process.path() == null ? process.name() : process.path();
        return new ProcessEntry(
                process.pid(),
                process.parent(),
                process.name(),
                process.path(),
                process.command() == null ? null : program,
                process.user(),
                process.startedAt());
    }
}
