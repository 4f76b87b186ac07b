package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.Protocol;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import java.util.List;

/** What detectors look at. */
record Examined(
        Survey survey,
        Further further,
        Settings settings,
        Processes processes,
        NetworkNamespace netns,
        List<Destination> destinations,
        List<BusyClient> busyClients) {
    PortPolicy tcp() {
        return settings.policy(Protocol.TCP);
    }

    /** Whether the files under sysctl.d are for this network stack: any but the reader's own starts from the kernel's defaults. */
    boolean configuredByFiles() {
        return settings.foreign() == null && netns.name() == null;
    }
}
