package dev.berth.remedy.render;

import dev.berth.remedy.policy.Policy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The formats that a policy can be printed in. docs/deploy.md says when to use which. */
public enum Rendering {
    /** A file for {@code /etc/sysctl.d}. */
    SYSCTL("sysctl.d"),
    /** A batch file of netsh commands. */
    NETSH("netsh"),
    /** A PowerShell script that adds only what is missing. */
    POWERSHELL("powershell"),
    /** A playbook that needs ansible-core alone. */
    ANSIBLE("ansible"),
    /** A patch for whatever has a pod template. */
    KUBERNETES("kubernetes"),
    /** A service unit that sets everything at boot. */
    SYSTEMD("systemd");

    private final String label;

    Rendering(String label) {
        this.label = label;
    }

    /** The format of that label; empty where there is none. */
    public static Optional<Rendering> labelled(String label) {
        return Arrays.stream(values()).filter(one -> one.label.equals(label)).findFirst();
    }

    /** Every label, in the order of this list. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Rendering::label).toList();
    }

    /** What {@code --render} calls it. */
    public String label() {
        return label;
    }

    /** The policy in this format: the same text for the same policy, always. */
    public Rendered render(Policy policy) {
        return switch (this) {
            case SYSCTL -> SysctlFile.of(policy);
            case NETSH -> NetshScript.of(policy);
            case POWERSHELL -> PowerShellScript.of(policy);
            case ANSIBLE -> AnsiblePlaybook.of(policy);
            case KUBERNETES -> KubernetesPatch.of(policy);
            case SYSTEMD -> SystemdUnit.of(policy);
        };
    }
}
