package dev.berth.linux.control;

import dev.berth.linux.kernel.Errno;
import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.NativeCallException;
import dev.berth.linux.kernel.PidFd;
import dev.berth.linux.processes.Processes;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.Ancestry;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.ProcessRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends processes, each in hand as a pidfd before anything is asked of it, so that an id that has passed to another process
 * hits nobody. kill(2) cannot promise that, and is never used.
 */
final class ProcessEnd {
    private static final String NO_PIDFD =
            "signals are sent through pidfd_open and pidfd_send_signal alone, which Linux has since 5.3, and which are not"
                    + " to be had here";

    private final Kernel kernel;
    private final Processes processes; // guarded by itself

    ProcessEnd(Kernel kernel, Processes processes) {
        this.kernel = kernel;
        this.processes = processes;
    }

    ActOutcome signal(ProcessRef process, EndSignal signal) {
        LibC libc = kernel.calls();
        if (libc == null) {
            return new ActOutcome.NotOnThisSystem(NO_PIDFD);
        }
        String refusal = refusal(process);
        if (refusal != null) {
            return new ActOutcome.Failed(refusal);
        }
        try (PidFd held = PidFd.open(libc, process.pid())) {
            ActOutcome doubt = doubt(held, process);
            if (doubt != null) {
                return doubt;
            }
            held.send(number(signal));
            return new ActOutcome.Done();
        } catch (NativeCallException e) {
            return e.errno() == Errno.ESRCH && isShown(process)
                    ? new ActOutcome.Failed("process " + process.pid() + " is in another pid namespace than Berth")
                    : outcome(e, process.pid());
        }
    }

    /** Whether the process has ended within {@code most}. Where there are no pidfds it looks once, and does not wait. */
    boolean await(ProcessRef process, Duration most) {
        LibC libc = kernel.calls();
        if (libc != null) {
            try (PidFd held = PidFd.open(libc, process.pid())) {
                // when whoever has the id now has ended, so has the one who had it before
                return doubt(held, process) instanceof ActOutcome.Gone || held.awaitEnd(most);
            } catch (NativeCallException e) {
                // no such process, or no such call: /proc tells
            }
        }
        return !isShown(process);
    }

    private boolean isShown(ProcessRef process) {
        return process.startedAt().equals(startedAt(process.pid()));
    }

    private @Nullable String refusal(ProcessRef process) {
        int pid = process.pid();
        if (pid <= 1) {
            return "process " + pid + " is not Berth's to end: the whole system hangs on it";
        }
        Ancestry ancestry;
        synchronized (processes) {
            ancestry = processes.ancestry();
        }
        if (pid == ProcessHandle.current().pid()) {
            return "process " + pid + " is Berth itself";
        }
        if (ancestry.has(pid)) {
            return "Berth runs under process " + pid + ", and would end with it";
        }
        return ancestry.mayHave(process)
                ? "Berth may run under process " + pid + ": /proc does not show who started it"
                : null;
    }

    /**
     * Why the process in hand is not for sure the one that is meant; null when it is. The order matters: a process in hand
     * that still has its id after that id's start time was read is the process the time was read of.
     */
    private @Nullable ActOutcome doubt(PidFd held, ProcessRef process) throws NativeCallException {
        int pid = process.pid();
        Instant started = startedAt(pid);
        int idInHand = idOf(held);
        if (held.awaitEnd(Duration.ZERO)) {
            return ended(pid);
        }
        if (started == null || idInHand != pid) {
            return new ActOutcome.Failed("whether process " + pid
                    + " is still the same cannot be told: /proc hides it, or is that of another pid namespace");
        }
        return started.equals(process.startedAt())
                ? null
                : new ActOutcome.Gone("process " + pid + " has ended, and another has its id now");
    }

    private @Nullable Instant startedAt(int pid) {
        synchronized (processes) {
            return processes.startedAt(pid);
        }
    }

    /** The id by which {@code /proc} knows the process in hand; -1 when it is no more, 0 where it cannot be told. */
    private int idOf(PidFd held) {
        try {
            byte[] read = kernel.files().read("/proc/self/fdinfo/" + held.descriptor());
            String text = read == null ? "" : new String(read, StandardCharsets.US_ASCII);
            return text.lines()
                    .filter(line -> line.matches("Pid:\\s*-?\\d{1,10}"))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring("Pid:".length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /** As signal(7) numbers them, on every architecture Berth knows. */
    private static int number(EndSignal signal) {
        return switch (signal) {
            case SIGTERM -> 15;
            case SIGKILL -> 9;
        };
    }

    private static ActOutcome ended(int pid) {
        return new ActOutcome.Gone("process " + pid + " has ended");
    }

    /** What a failed call means for the signal it was for. */
    static ActOutcome outcome(NativeCallException e, int pid) {
        boolean sent = e.call().equals("pidfd_send_signal");
        return switch (e.errno()) {
            case Errno.ESRCH -> ended(pid);
            case Errno.ENOSYS -> new ActOutcome.NotOnThisSystem(NO_PIDFD);
            case Errno.EPERM, Errno.EACCES ->
                sent
                        ? new ActOutcome.NotPermitted("CAP_KILL, or the same user")
                        : new ActOutcome.NotOnThisSystem(NO_PIDFD);
            default -> new ActOutcome.Failed(e.call() + ": " + Errno.name(e.errno()));
        };
    }
}
