package dev.berth.windows.recording;

import dev.berth.windows.processes.CommandLine;
import dev.berth.windows.system.ProcessEntry;

/** Command lines with their secrets masked, as far as these are recognised. */
final class WithoutSecrets implements Redaction {
    @Override
    public ProcessEntry process(ProcessEntry process) {
        String command = process.command();
        return new ProcessEntry(
                process.pid(),
                process.parent(),
                process.name(),
                process.path(),
                command == null ? null : CommandLine.masked(command),
                process.user(),
                process.startedAt());
    }
}
