package dev.berth.remedy.render;

import dev.berth.remedy.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A patch for whatever has a pod template. A pod has its own network and starts from the kernel's defaults, whatever its node
 * was set to. Safe settings are asked of the kubelet; others are written by a privileged container before the pod's own.
 */
final class KubernetesPatch {
    /** Those of pkg/kubelet/sysctl/safe_sysctls.go that a policy can set; the list of reserved ports since Kubernetes 1.27. */
    private static final Set<String> SAFE = Set.of("net.ipv4.ip_local_port_range", "net.ipv4.ip_local_reserved_ports");

    private KubernetesPatch() {}

    static Rendered of(Policy policy) {
        LinuxSettings settings = LinuxSettings.of(policy);
        List<LinuxSettings.Assignment> safe = settings.assignments().stream()
                .filter(one -> SAFE.contains(one.setting()))
                .toList();
        List<LinuxSettings.Assignment> unsafe = settings.assignments().stream()
                .filter(one -> !SAFE.contains(one.setting()))
                .toList();
        String comment = PolicyInWords.commented(
                "#",
                policy,
                "Printed by `berth ensure --render kubernetes`: change the policy, not this file.",
                "For a Deployment, StatefulSet or DaemonSet: kubectl patch deployment NAME --patch-file FILE",
                "It replaces the sysctls that the pod template has. Not for pods with hostNetwork: true, which have the",
                "network of their node: deploy/kubernetes/ has a DaemonSet for nodes.",
                "");
        String pod = """
                spec:
                  template:
                    spec:
                """ + sysctls(safe) + initContainer(unsafe);
        String text = comment + (settings.assignments().isEmpty() ? "{}\n" : pod);
        return new Rendered(text, Warnings.both(Warnings.onLinux(policy, settings), warnings(settings, unsafe)));
    }

    /** Nothing where there is none: an empty list would take away those that the template has. */
    private static String sysctls(List<LinuxSettings.Assignment> safe) {
        return safe.isEmpty()
                ? ""
                : safe.stream()
                        .map(one -> "          - name: %s\n            value: \"%s\"\n"
                                .formatted(one.setting(), one.value()))
                        .collect(Collectors.joining("", "      securityContext:\n        sysctls:\n", ""));
    }

    private static String initContainer(List<LinuxSettings.Assignment> unsafe) {
        if (unsafe.isEmpty()) {
            return "";
        }
        String writes = unsafe.stream()
                .map(one -> "echo %s > %s".formatted(one.value(), one.path()))
                .collect(Collectors.joining(" && "));
        return """
                      initContainers:
                        - name: berth-settings # what the kubelet does not count as safe
                          image: busybox:1.37
                          command: [sh, -c, "%s"]
                          securityContext:
                            privileged: true
                """.formatted(writes);
    }

    private static List<String> warnings(LinuxSettings settings, List<LinuxSettings.Assignment> unsafe) {
        var all = new ArrayList<String>();
        if (settings.reserves()) {
            all.add(
                    "Kubernetes before 1.27 does not count the list of reserved ports as safe, and refuses the pod unless the"
                            + " kubelet allows it.");
        }
        for (LinuxSettings.Assignment one : unsafe) {
            all.add(
                    "The kubelet does not count %s as safe: a privileged container sets it, which a namespace of the levels"
                                    .formatted(one.setting())
                            + " baseline and restricted refuses.");
        }
        if (settings.longerThanOneWrite()) {
            all.add(
                    "The list of reserved ports is longer than a page: a container runtime that writes it in one piece stores"
                            + " its first part only. Compare it inside the pod with: cat /proc/sys/net/ipv4/ip_local_reserved_ports");
        }
        return all;
    }
}
