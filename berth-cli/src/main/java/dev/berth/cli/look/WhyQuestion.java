package dev.berth.cli.look;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.diagnosis.WhyDiagnosis;
import dev.berth.diagnosis.WhyFacts;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Why one port is available or not.
 *
 * @param probe whether a bind may be tried
 */
public record WhyQuestion(int port, Protocol protocol, IpAddress address, boolean probe) {
    /** Reads the holders and the settings, tries the binds that prove the answer, and asks the diagnosis. */
    public Explanation ask(HostNetwork host) throws HostReadException {
        Occupancy occupancy = Occupancy.of(List.of(host), port, protocol, OwnerQuery.Effort.EVERY_HOLDER);
        Settings settings = host.settings();
        String skip = null;
        if (!probe) {
            skip = "--no-probe was given";
        } else if (host.facts().recorded()) {
            skip = "this is a recording";
        }
        ProbePlan plan =
                ProbePlan.of(address, port, protocol, occupancy.holders(), host.probeMaySpoilSharedPorts(), skip);
        var proof = new ArrayList<Attempt>();
        for (BindRequest request : plan.requests()) {
            proof.add(new Attempt(request, host.probe(request)));
        }
        var gaps = new ArrayList<Gap>(occupancy.gaps());
        gaps.addAll(settings.gaps());
        return WhyDiagnosis.explain(new WhyFacts(
                port,
                protocol,
                address,
                occupancy.holders(),
                occupancy.complete(),
                proof,
                plan,
                settings,
                host.facts(),
                gaps));
    }
}
