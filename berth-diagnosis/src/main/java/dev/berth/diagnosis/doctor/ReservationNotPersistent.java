package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;

/** Ports are reserved now, and no file says so: the next start forgets them. */
record ReservationNotPersistent(PortSet ports) implements Finding {
    static void find(Examined host, Consumer<Finding> found) {
        PortPolicy policy = host.tcp();
        PortSet inFiles = policy.persistent().reserved();
        PortSet forgotten =
                inFiles == null ? policy.reserved() : policy.reserved().minus(inFiles);
        if (host.configuredByFiles() && !forgotten.isEmpty()) {
            found.accept(new ReservationNotPersistent(forgotten));
        }
    }

    @Override
    public String id() {
        return "reservation-not-persistent";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "%s reserved until the next restart only"
                .formatted(ports.size() == 1 ? "Port " + ports + " is" : "Ports " + ports + " are");
    }

    @Override
    public List<String> evidence() {
        return List.of("The kernel passes over %s now, and no sysctl file says so.".formatted(ports));
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return List.of(Reservation.lasting(ports, settings));
    }
}
