package dev.berth.remedy.policy;

import dev.berth.diagnosis.Aim;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.policy.Item.State;
import java.util.List;

/**
 * Where a host differs from a policy. Looking needs no privilege; processes are looked for only where it matters who holds a
 * port.
 *
 * @param items everything the policy asks for, in its order, whether it is so or not
 * @param aims what makes the settings as the policy wants them; none where they are
 * @param lasting whether the next start was looked at as well
 * @param gaps what could not be looked at
 */
public record Drift(List<Item> items, List<Aim> aims, boolean lasting, List<Gap> gaps) {
    /** The value of a service none of whose ports are kept for it. */
    static final String NOTHING = "none";

    public Drift {
        items = List.copyOf(items);
        aims = List.copyOf(aims);
        gaps = List.copyOf(gaps);
    }

    /** Whether the host is as the policy wants it. */
    public boolean inOrder() {
        return count(State.OK) == items.size();
    }

    public int count(State state) {
        return (int) items.stream().filter(item -> item.state() == state).count();
    }

    /**
     * Holds a host against a policy.
     *
     * @param persist whether the next start is looked at as well; not where files say nothing about the host's namespace. On
     *     Windows what is set lasts
     */
    public static Drift of(Policy policy, HostNetwork host, boolean persist) throws HostReadException {
        return host.facts().system().equals("windows")
                ? new WindowsDrift(policy, host).drift()
                : new LinuxDrift(policy, host, persist).drift();
    }
}
