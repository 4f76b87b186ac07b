package dev.berth.diagnosis;

import dev.berth.net.PortSet;
import dev.berth.platform.PortPolicy;
import java.util.function.Consumer;

/** Finds reserved ports that the next start forgets. */
final class ReservationNotPersistentDetector implements Detector {
    @Override
    public void examine(Examined host, Consumer<Finding> found) {
        PortPolicy policy = host.tcp();
        PortSet inFiles = policy.persistent().reserved();
        PortSet forgotten =
                inFiles == null ? policy.reserved() : policy.reserved().minus(inFiles);
        if (host.configuredByFiles() && !forgotten.isEmpty()) {
            found.accept(new Finding.ReservationNotPersistent(forgotten));
        }
    }
}
