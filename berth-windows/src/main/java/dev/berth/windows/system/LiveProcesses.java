package dev.berth.windows.system;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Running processes, each as far as this user may look into it. Thread-safe. */
final class LiveProcesses {
    private final Lately<Map<Integer, Kernel32.Listed>> all = new Lately<>(Kernel32::processes, InstantSource.system());

    Optional<ProcessEntry> of(int pid) throws WindowsErrorException {
        Kernel32.Listed listed = all.get().get(pid);
        if (listed == null) {
            listed = all.again().get(pid); // started since
        }
        return listed == null ? Optional.empty() : look(listed);
    }

    private static Optional<ProcessEntry> look(Kernel32.Listed listed) {
        try (var process = Kernel32.openProcess(Kernel32.PROCESS_QUERY_LIMITED_INFORMATION, listed.pid())) {
            Kernel32.Times times = Kernel32.getProcessTimes(process);
            if (times.exited() != 0) {
                return Optional.empty(); // somebody keeps a handle to it
            }
            return Optional.of(new ProcessEntry(
                    listed.pid(),
                    listed.parent(),
                    listed.name(),
                    orNull(() -> Kernel32.queryFullProcessImageName(process)),
                    orNull(() -> Ntdll.commandLine(process).orElse(null)),
                    orNull(() -> Token.user(process)),
                    instant(times.created())));
        } catch (WindowsErrorException e) {
            boolean ended = e.number() == WindowsErrorException.INVALID_PARAMETER && listed.pid() != 0;
            return ended ? Optional.empty() : Optional.of(named(listed));
        }
    }

    /** Of a process that lets nobody look: the list of all tells its name. */
    private static ProcessEntry named(Kernel32.Listed listed) {
        return new ProcessEntry(listed.pid(), listed.parent(), listed.name(), null, null, null, null);
    }

    private static @Nullable Instant instant(long fileTime) {
        return fileTime == 0 ? null /* of processes that are as old as the system */ : FileTime.instant(fileTime);
    }

    private interface Question {
        @Nullable
        String ask() throws WindowsErrorException;
    }

    private static @Nullable String orNull(Question question) {
        try {
            return question.ask();
        } catch (WindowsErrorException mayNotKnow) {
            return null;
        }
    }
}
