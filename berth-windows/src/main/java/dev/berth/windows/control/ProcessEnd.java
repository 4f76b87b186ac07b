package dev.berth.windows.control;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.Ancestry;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.ProcessRef;
import dev.berth.windows.system.FileTime;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends processes. Windows has no signals: a program with a window is asked through it, one without cannot be asked at all, and
 * TerminateProcess asks nobody. What is asked of the process is asked of a handle whose start time was compared.
 */
final class ProcessEnd {
    private static final int SYSTEM = 4;
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** Windows stops with each of these. */
    private static final Set<String> OF_WINDOWS =
            Set.of("smss.exe", "csrss.exe", "wininit.exe", "winlogon.exe", "services.exe", "lsass.exe");

    private final WindowsSystem system;
    private final WindowsActs acts;
    private final Lineage lineage;

    ProcessEnd(WindowsSystem system, WindowsActs acts, Lineage lineage) {
        this.system = system;
        this.acts = acts;
        this.lineage = lineage;
    }

    ActOutcome signal(ProcessRef process, EndSignal signal) {
        int pid = process.pid();
        ProcessEntry now;
        try {
            now = system.process(pid).orElse(null);
        } catch (WindowsErrorException e) {
            return new ActOutcome.Failed("whether process " + pid + " is still there is not told: " + e.getMessage());
        }
        String refusal = refusal(process, now);
        if (refusal != null) {
            return new ActOutcome.Failed(refusal);
        }
        if (now == null) {
            return ended(pid);
        }
        if (now.startedAt() == null) {
            return new ActOutcome.NotPermitted(
                    Services.ELEVATED + ", for Windows does not tell when process " + pid + " started");
        }
        if (!now.startedAt().equals(process.startedAt())) {
            return new ActOutcome.Gone("process " + pid + " has ended, and another has its id now");
        }
        try {
            if (acts.isCritical(pid)) {
                return new ActOutcome.Failed("Windows itself ends with process " + pid + " (IsProcessCritical)");
            }
            return switch (signal) {
                case SIGTERM -> ask(pid);
                case SIGKILL -> {
                    acts.terminate(pid, FileTime.of(process.startedAt()));
                    yield new ActOutcome.Done();
                }
            };
        } catch (WindowsErrorException e) {
            return outcome(process, e);
        }
    }

    private ActOutcome ask(int pid) throws WindowsErrorException {
        return acts.closeWindows(pid)
                ? new ActOutcome.Done()
                : new ActOutcome.NotOnThisSystem("process " + pid
                        + " has no window on this desktop, and Windows has no other way to ask a program to end;"
                        + " --force ends it without asking");
    }

    private ActOutcome outcome(ProcessRef process, WindowsErrorException e) {
        if (e.number() == WindowsErrorException.INVALID_PARAMETER || !isThere(process)) {
            return ended(process.pid());
        }
        return e.number() == WindowsErrorException.ACCESS_DENIED
                ? new ActOutcome.NotPermitted(Services.ELEVATED + "; no administrator may end a protected process")
                : new ActOutcome.Failed(Objects.requireNonNull(e.getMessage()));
    }

    private static ActOutcome ended(int pid) {
        return new ActOutcome.Gone("process " + pid + " has ended");
    }

    private @Nullable String refusal(ProcessRef process, @Nullable ProcessEntry now) {
        int pid = process.pid();
        if (pid <= SYSTEM) {
            return "process " + pid + " is the kernel and its drivers, such as http.sys, which listens for others:"
                    + " netsh http show servicestate names them";
        }
        if (now != null && OF_WINDOWS.contains(now.name().toLowerCase(Locale.ROOT))) {
            return now.name() + " (process " + pid + ") is not Berth's to end: Windows itself ends with it";
        }
        Ancestry ancestry = lineage.read();
        if (pid == ProcessHandle.current().pid()) {
            return "process " + pid + " is Berth itself";
        }
        if (ancestry.has(pid)) {
            return "Berth runs under process " + pid + ", and would end with it";
        }
        return ancestry.mayHave(process)
                ? "Berth may run under process " + pid + ": Windows does not tell this user who started it"
                : null;
    }

    boolean await(ProcessRef process, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        while (isThere(process)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            try {
                Thread.sleep(Duration.ofNanos(Math.min(left, GLANCE.toNanos())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Where Windows does not tell, or not when it started, it may be. */
    private boolean isThere(ProcessRef process) {
        try {
            return system.process(process.pid())
                    .filter(now -> now.startedAt() == null || now.startedAt().equals(process.startedAt()))
                    .isPresent();
        } catch (WindowsErrorException e) {
            return true;
        }
    }
}
