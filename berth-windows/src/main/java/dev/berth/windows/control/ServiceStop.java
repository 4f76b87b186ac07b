package dev.berth.windows.control;

import dev.berth.platform.ActOutcome;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.WindowsErrorException;
import java.time.Duration;
import java.util.Optional;

/** Stops the service that holds a port, and no other. */
final class ServiceStop {
    /** Joins the names of services that share a process, as {@code ProcessInfo.unit} has them. */
    private static final String JOINT = "+";

    private final Services services;

    ServiceStop(Services services) {
        this.services = services;
    }

    ActOutcome stop(String unit, Duration most) {
        try {
            Optional<ServiceEntry> service = services.find(unit);
            if (service.isEmpty() && unit.contains(JOINT)) {
                return new ActOutcome.Failed(
                        "which of these services, that share a process, holds the port is not known: %s; stop the right one: sc stop NAME"
                                .formatted(unit.replace(JOINT, ", ")));
            }
            if (service.isEmpty()) {
                return new ActOutcome.NotOnThisSystem("there is no service " + unit);
            }
            return services.stop(service.get().name(), most);
        } catch (WindowsErrorException e) {
            return new ActOutcome.Failed("the service manager does not tell of " + unit + ": " + e.getMessage());
        }
    }
}
