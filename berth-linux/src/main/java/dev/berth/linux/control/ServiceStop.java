package dev.berth.linux.control;

import dev.berth.linux.kernel.Programs;
import dev.berth.linux.kernel.Programs.Ending;
import dev.berth.linux.processes.Processes;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Has systemd stop a service of the system: systemctl(1), run without a shell. */
final class ServiceStop {
    /** What systemd.unit(5) allows, of which systemctl takes none for a pattern; it may not look like an option either. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9:_.\\\\@-]{0,246}\\.service");

    private static final int LONGEST = 4096;

    private final Programs programs;
    private final Processes processes; // guarded by itself

    ServiceStop(Programs programs, Processes processes) {
        this.programs = programs;
        this.processes = processes;
    }

    ActOutcome stop(String unit, Duration most) {
        if (!NAME.matcher(unit).matches()) {
            return new ActOutcome.Failed("'" + unit + "' is not the name of a service: such names end in .service");
        }
        if (unit.startsWith("user@")) {
            return new ActOutcome.Failed(unit + " runs all services of a user, and they would end with it");
        }
        if (runsIn(unit)) {
            return new ActOutcome.Failed("Berth runs in " + unit + ", and would end with it");
        }
        try {
            return switch (programs.run(List.of("systemctl", "--no-ask-password", "stop", "--", unit), most, LONGEST)) {
                case Ending.Missing() -> new ActOutcome.NotOnThisSystem("there is no systemctl on the PATH");
                case Ending.TooLate() ->
                    new ActOutcome.Failed("systemctl had not stopped " + unit + " after " + seconds(most)
                            + "; the stop may still be under way");
                case Ending.Ended ended -> outcome(unit, ended.exit(), (ended.complaint() + ended.output()).strip());
            };
        } catch (IOException e) {
            return new ActOutcome.Failed("systemctl could not be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ActOutcome.Failed("the wait for systemctl was interrupted; the stop may still be under way");
        }
    }

    private boolean runsIn(String unit) {
        synchronized (processes) {
            return processes.ancestry().line().stream()
                    .map(ProcessRef::pid)
                    .filter(pid -> pid > 1)
                    .flatMap(pid -> processes.labelOf(pid).stream())
                    .map(ProcessInfo::unit)
                    .anyMatch(unit::equals);
        }
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1_000.0);
    }

    /**
     * What systemctl means, by the words of its error messages in the C locale.
     *
     * @param said what it wrote
     */
    static ActOutcome outcome(String unit, int exit, String said) {
        if (exit == 0) {
            return new ActOutcome.Done();
        }
        String text = said.isEmpty() ? "systemctl ended with exit code " + exit : said;
        if (hasAny(text, "Access denied", "authentication required", "Permission denied", "Not authorized")) {
            return new ActOutcome.NotPermitted("root, or a polkit rule for org.freedesktop.systemd1.manage-units");
        }
        if (hasAny(text, "not been booted with systemd", "Failed to connect to ")) {
            return new ActOutcome.NotOnThisSystem(text);
        }
        return hasAny(text, "not loaded", "could not be found", "not found")
                ? new ActOutcome.Gone("systemd has no " + unit + " loaded")
                : new ActOutcome.Failed(text);
    }

    private static boolean hasAny(String text, String... phrases) {
        return List.of(phrases).stream().anyMatch(text::contains);
    }
}
