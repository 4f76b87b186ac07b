package dev.berth.remedy.plan;

import dev.berth.diagnosis.KubernetesNode;
import dev.berth.diagnosis.Processes;
import dev.berth.net.Protocol;
import dev.berth.net.RegisteredPorts;
import dev.berth.platform.ConfiguredServices.Service;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.InodeSet;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.ProcessInfo;
import java.util.List;

/** The ports that Kubernetes publishes services on: no socket holds them, so only the kubelet's presence tells. */
final class NodePorts {
    private NodePorts() {}

    /**
     * Adds them where the kubelet runs; a gap where that is not known.
     *
     * @param kubeletInodes the sockets that listen on the kubelet's port
     */
    static void addTo(List<Service> services, List<Gap> gaps, HostNetwork host, InodeSet kubeletInodes)
            throws HostReadException {
        if (kubeletInodes.isEmpty()) {
            return;
        }
        var processes = new Processes(host.owners(OwnerQuery.everyHolder(kubeletInodes)), host::processLabel);
        ProcessInfo agent = null;
        for (long inode : kubeletInodes.toArray()) {
            agent = agent == null ? processes.firstHolding(inode) : agent;
        }
        if (agent == null) {
            gaps.add(new Gap(
                    "whether this is a Kubernetes node", "who listens on port 10250, the kubelet's, is not known"));
        } else if (KubernetesNode.isAgent(agent)) {
            services.add(nodePorts(agent));
        }
    }

    private static Service nodePorts(ProcessInfo agent) {
        return new Service(
                "Kubernetes NodePorts",
                Protocol.TCP,
                RegisteredPorts.NODE_PORTS,
                null,
                agent.unit(),
                agent.name() + "(" + agent.pid() + ")",
                null);
    }
}
