package dev.berth.diagnosis;

import dev.berth.platform.ProcessInfo;
import java.util.Set;

/** What tells that a host is a node of a Kubernetes cluster, whose NodePorts no socket holds. */
public final class KubernetesNode {
    public static final int KUBELET_PORT = 10_250;

    /** As Linux cuts names: the kubelet, kube-proxy, and the distributions that have both in one program. */
    private static final Set<String> AGENTS =
            Set.of("kubelet", "kube-proxy", "kubelite", "k3s", "k3s-server", "k3s-agent");

    private KubernetesNode() {}

    /** Whether this process serves the node it runs on. */
    public static boolean isAgent(ProcessInfo process) {
        return AGENTS.contains(process.name());
    }
}
