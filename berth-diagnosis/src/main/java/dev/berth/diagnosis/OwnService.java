package dev.berth.diagnosis;

import dev.berth.platform.ProcessInfo;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The service that can be stopped for the sake of one process. */
public final class OwnService {
    /** Services that run other people's programs, each with the one program that is the service itself. */
    private static final Map<String, String> RUN_OTHERS = Map.of(
            "docker.service", "dockerd",
            "containerd.service", "containerd",
            "crio.service", "crio",
            "podman.service", "podman",
            "kubelet.service", "kubelet",
            "cron.service", "cron",
            "crond.service", "crond",
            "atd.service", "atd",
            "ssh.service", "sshd",
            "sshd.service", "sshd");

    /** The names of systemd's units end in their kind; services of Windows have none in theirs. */
    private static final Set<String> KINDS_OF_UNITS = Set.of("service", "scope", "slice", "socket", "mount");

    /** Between the names of services that one process of Windows is for. */
    private static final char SEVERAL = '+';

    private OwnService() {}

    /**
     * The full name of the service that {@code process} is, or null. A container's unit is its runtime, and
     * user@UID.service is a whole login session: stopping those ends far too much. A unit within another is not the system's
     * service manager's to stop, and what a service merely runs for others, as Docker does its port proxies, is not that
     * service. A process of Windows that is several services ends with none of them.
     */
    public static @Nullable String of(ProcessInfo process) {
        String unit = process.unit();
        if (unit != null && !KINDS_OF_UNITS.contains(unit.substring(unit.lastIndexOf('.') + 1))) {
            return unit.indexOf(SEVERAL) < 0 ? unit : null;
        }
        boolean itsOwn = unit != null
                && unit.endsWith(".service")
                && !unit.startsWith("user@")
                && !unit.contains("/")
                && process.container() == null
                && RUN_OTHERS.getOrDefault(unit, process.name()).equals(process.name());
        return itsOwn ? unit : null;
    }
}
