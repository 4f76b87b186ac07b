package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.KubernetesNode;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.RegisteredPorts;
import dev.berth.platform.Gap;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * On a Kubernetes node, automatic choice may draw ports that services are published on.
 *
 * @param agent what serves this node, and tells that it is one
 */
record NodeportOverlap(PortSet overlap, ProcessInfo agent) implements Finding {
    private static final PortSet NODE_PORTS = PortSet.of(RegisteredPorts.NODE_PORTS);

    static void find(Examined host, Consumer<Finding> found) {
        PortSet overlap = overlap(host);
        ProcessInfo agent = overlap.isEmpty() ? null : agent(host);
        if (agent != null) {
            found.accept(new NodeportOverlap(overlap, agent));
        }
    }

    /** Says so where this may be a node and the process that would tell is not known. */
    static List<Gap> gaps(Examined host) {
        boolean mayBeNode = !overlap(host).isEmpty()
                && host.survey().listeners().stream()
                        .anyMatch(listener -> listener.local().port() == KubernetesNode.KUBELET_PORT
                                && host.processes().firstHolding(listener.inode()) == null);
        return !mayBeNode || agent(host) != null
                ? List.of()
                : List.of(new Gap(
                        "whether the dynamic range overlaps the NodePorts of a Kubernetes node",
                        "who listens on port 10250, the kubelet's, is not known"));
    }

    private static PortSet overlap(Examined host) {
        return host.tcp().drawable().intersect(NODE_PORTS);
    }

    /** A node's agent listens in the namespace that NodePorts are served in, so pods are not mistaken for it. */
    private static @Nullable ProcessInfo agent(Examined host) {
        for (Survey.Sighting listener : host.survey().listeners()) {
            ProcessInfo process = host.processes().firstHolding(listener.inode());
            if (process != null && KubernetesNode.isAgent(process)) {
                return process;
            }
        }
        return null;
    }

    @Override
    public String id() {
        return "nodeport-overlap";
    }

    @Override
    public Severity severity() {
        return Severity.WARNING;
    }

    @Override
    public String title() {
        return "Automatic choice may draw %d ports that Kubernetes publishes services on".formatted(overlap.size());
    }

    @Override
    public List<String> evidence() {
        return List.of(
                "%s listens here, so this is a Kubernetes node.".formatted(Words.who(agent)),
                "%s is in the dynamic range and not reserved; NodePorts are drawn from 30000-32767, unless the API server was given another --service-node-port-range, which cannot be seen from here."
                        .formatted(overlap),
                "No socket holds a NodePort, so the system may give it to a server that binds port 0, whose clients then reach the service, or to an outgoing connection, which hears nothing more once connection tracking has forgotten it.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        return Reservation.of(overlap, settings);
    }
}
