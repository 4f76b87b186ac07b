package dev.berth.diagnosis;

import dev.berth.platform.ProcessInfo;
import org.jspecify.annotations.Nullable;

/** The service that can be stopped for the sake of one process. */
public final class OwnService {
    private OwnService() {}

    /**
     * The full name of the service that {@code process} is, or null. A container's unit is its runtime, and
     * user@UID.service is a whole login session: stopping those ends far too much. A unit within another is not the system's
     * service manager's to stop.
     */
    public static @Nullable String of(ProcessInfo process) {
        String unit = process.unit();
        boolean itsOwn = unit != null
                && unit.endsWith(".service")
                && !unit.startsWith("user@")
                && !unit.contains("/")
                && process.container() == null;
        return itsOwn ? unit : null;
    }
}
