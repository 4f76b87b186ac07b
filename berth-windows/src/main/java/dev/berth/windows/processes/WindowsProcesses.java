package dev.berth.windows.processes;

import dev.berth.platform.Gap;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SecretMask;
import dev.berth.windows.system.Lately;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What Windows tells of processes and the services that run in them. Thread-safe. */
public final class WindowsProcesses {
    private static final int IDLE = 0;
    private static final int SYSTEM = 4;

    /** Joins the names of services that share a process, for which {@link ProcessInfo#unit} has one place only. */
    private static final String AND = "+";

    private final WindowsSystem system;
    private final Lately<Map<Integer, String>> services;

    public WindowsProcesses(WindowsSystem system, InstantSource clock) {
        this.system = system;
        this.services = new Lately<>(() -> unitsByPid(system.services()), clock);
    }

    /** The process as far as it can be seen; empty when there is surely none with this id. */
    public Optional<ProcessInfo> of(int pid) {
        try {
            return switch (pid) {
                case IDLE -> Optional.of(named(pid, "System Idle Process"));
                case SYSTEM -> system.process(pid).map(WindowsProcesses::kernel);
                default -> system.process(pid).map(this::ordinary);
            };
        } catch (WindowsErrorException e) {
            return Optional.of(named(pid, "(not told)")); // the owners' gaps say why
        }
    }

    private static ProcessInfo named(int pid, String name) {
        return new ProcessInfo(pid, name, null, null, null, null, null);
    }

    /** What cannot be told of any process. */
    public List<Gap> gaps() {
        try {
            services.get();
            return List.of();
        } catch (WindowsErrorException e) {
            return List.of(new Gap("which services run in a process", String.valueOf(e.getMessage())));
        }
    }

    /** The kernel has no program and no command line, so what it is known for stands there, and says that it is known. */
    private static ProcessInfo kernel(ProcessEntry entry) {
        return new ProcessInfo(
                entry.pid(),
                "System",
                "(known, not read: the kernel, and drivers such as http.sys)",
                entry.user(),
                entry.startedAt(),
                null,
                null);
    }

    private ProcessInfo ordinary(ProcessEntry entry) {
        return new ProcessInfo(
                entry.pid(), entry.name(), command(entry), entry.user(), entry.startedAt(), unit(entry.pid()), null);
    }

    private static @Nullable String command(ProcessEntry entry) {
        String command = entry.command();
        return command == null || command.isBlank() ? entry.path() : SecretMask.mask(CommandLine.split(command));
    }

    private @Nullable String unit(int pid) {
        try {
            return services.get().get(pid);
        } catch (WindowsErrorException isAGap) {
            return null;
        }
    }

    private static Map<Integer, String> unitsByPid(List<ServiceEntry> services) {
        return services.stream()
                .filter(service -> service.pid() != 0) // it does not run, or is a driver
                .sorted(Comparator.comparing(ServiceEntry::name))
                .collect(Collectors.toMap(ServiceEntry::pid, ServiceEntry::name, (one, other) -> one + AND + other));
    }
}
