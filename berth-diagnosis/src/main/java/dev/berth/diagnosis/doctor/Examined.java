package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What detectors look at.
 *
 * @param earlier what a look shortly before showed; null where there was none
 */
record Examined(
        Survey survey,
        Settings settings,
        Processes processes,
        List<Destination> destinations,
        @Nullable EarlierLook earlier,
        Further further,
        List<BusyClient> busyClients) {
    /** The ports with a TCP listener. */
    PortSet listened() {
        return survey.listenerPorts();
    }

    /** Who listens on that TCP port; null where that is not known. */
    @Nullable
    ProcessInfo listener(int port) {
        for (Survey.Sighting listener : survey.listeners()) {
            if (listener.local().port() == port) {
                return processes.firstHolding(listener.inode());
            }
        }
        return null;
    }

    PortPolicy tcp() {
        return settings.policy(Protocol.TCP);
    }

    /** Whether the files under sysctl.d are for this network stack: any but the host's own starts from the kernel's defaults. */
    boolean configuredByFiles() {
        return settings.foreign() == null;
    }
}
