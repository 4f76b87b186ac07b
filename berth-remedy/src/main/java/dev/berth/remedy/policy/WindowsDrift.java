package dev.berth.remedy.policy;

import dev.berth.diagnosis.Aim;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.plan.SettingValue;
import dev.berth.remedy.plan.UntilRestart;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a Windows differs from a policy. What netsh keeps is in force at once and after each restart, so there is one place to
 * look at for each protocol.
 */
final class WindowsDrift {
    private final Policy policy;
    private final HostNetwork host;
    private final Settings settings;
    private final List<Item> items = new ArrayList<>();
    private final List<Aim> aims = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    WindowsDrift(Policy policy, HostNetwork host) throws HostReadException {
        this.policy = policy;
        this.host = host;
        this.settings = host.settings();
    }

    Drift drift() throws HostReadException {
        gaps.addAll(settings.gaps());
        PortsSeen seen = PortsSeen.of(policy, host, gaps);
        Set<Protocol> differing = EnumSet.noneOf(Protocol.class);
        for (Service service : policy.services()) {
            if (differs(service)) {
                differing.add(service.protocol());
            }
            items.addAll(new Holding(service, seen, host, settings).items(gaps));
        }
        differing.forEach(protocol -> aims.add(new Aim.Reserve(policy.ports(protocol), protocol)));
        range(Protocol.TCP, policy.dynamicRange().windowsTcp());
        range(Protocol.UDP, policy.dynamicRange().windowsUdp());
        if (policy.timeWaitReuse() != null) {
            gaps.add(new Gap("timeWaitReuse of the policy", "it is a setting of Linux, and Windows has none like it"));
        }
        items.addAll(PeakLoad.onWindows(policy, settings, seen.listening()));
        return new Drift(items, aims, true, gaps);
    }

    private boolean differs(Service service) {
        PortSet excluded = excluded(service.protocol(), settings);
        PortSet missing = excluded == null ? service.ports() : service.ports().minus(excluded);
        items.add(item(service, excluded, missing));
        return excluded != null && !missing.isEmpty();
    }

    private static Item item(Service service, @Nullable PortSet excluded, PortSet missing) {
        if (excluded == null) {
            return new Item(
                    Aspect.RESERVED_NOW,
                    service.name(),
                    State.CANNOT,
                    null,
                    service.ports().toString(),
                    "the excluded ports could not be read",
                    null,
                    "berth ranges tells why");
        }
        return missing.isEmpty()
                ? new Item(
                        Aspect.RESERVED_NOW,
                        service.name(),
                        State.OK,
                        service.ports().toString(),
                        service.ports().toString(),
                        "no client is given " + (service.ports().size() == 1 ? "it" : "them"),
                        null,
                        null)
                : drift(service, missing);
    }

    /** Of a service some of whose ports are not excluded. */
    static Item drift(Service service, PortSet missing) {
        PortSet there = service.ports().minus(missing);
        return new Item(
                Aspect.RESERVED_NOW,
                service.name(),
                State.DRIFT,
                there.isEmpty() ? Drift.NOTHING : there.toString(),
                service.ports().toString(),
                missing + (missing.size() == 1 ? " is" : " are") + " not excluded for good",
                null,
                null);
    }

    /** The ports that are excluded now and after the next start, for both families; null where that is not known. */
    private static @Nullable PortSet excluded(Protocol protocol, Settings settings) {
        PortSet excluded = PortSet.of(PortRange.ALL);
        for (Family family : Family.values()) {
            String text = settings.running(WindowsSetting.excludedPorts(protocol, family));
            ReservedList list = text == null ? null : SettingValue.readable(text);
            if (list == null) {
                return null;
            }
            excluded = excluded.intersect(list.ports()).minus(UntilRestart.of(settings.policy(protocol, family)));
        }
        return excluded;
    }

    private void range(Protocol protocol, @Nullable PortRange wanted) {
        if (wanted == null) {
            return;
        }
        String now = settings.running(WindowsSetting.dynamicPorts(protocol));
        boolean same = wanted.toString().equals(now);
        items.add(new Item(
                Aspect.RANGE_NOW,
                about(protocol),
                same ? State.OK : State.DRIFT,
                now,
                wanted.toString(),
                "automatic choice draws from " + (now == null ? "a range that is not known" : now),
                null,
                null));
        if (!same) {
            aims.add(new Aim.Draw(wanted, protocol));
        }
    }

    /** What the item about a protocol's range is about. */
    static String about(Protocol protocol) {
        return protocol.label().toUpperCase(Locale.ROOT);
    }
}
