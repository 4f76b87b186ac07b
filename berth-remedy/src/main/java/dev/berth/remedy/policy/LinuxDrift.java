package dev.berth.remedy.policy;

import dev.berth.diagnosis.Aim;
import dev.berth.diagnosis.Reservation;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import dev.berth.remedy.policy.Item.Aspect;
import dev.berth.remedy.policy.Item.State;
import dev.berth.remedy.policy.Policy.Service;
import dev.berth.remedy.policy.Policy.TimeWaitReuse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a Linux differs from a policy: what is in force now, and from the next start on. */
final class LinuxDrift {
    private static final PortRange UNTUNED = new PortRange(32_768, 60_999); // inet_init_net, net/ipv4/af_inet.c

    private final Policy policy;
    private final HostNetwork host;
    private final Settings settings;
    private final boolean persist;
    private final List<Item> items = new ArrayList<>();
    private final List<Aim> aims = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    LinuxDrift(Policy policy, HostNetwork host, boolean persist) throws HostReadException {
        this.policy = policy;
        this.host = host;
        this.settings = host.settings();
        this.persist = persist && settings.foreign() == null; // files configure the host's own namespace
    }

    Drift drift() throws HostReadException {
        gaps.addAll(settings.gaps());
        PortsSeen seen = PortsSeen.of(policy, host, gaps);
        boolean reserve = false;
        for (Service service : policy.services()) {
            reserve |= reservation(service);
            items.addAll(new Holding(service, seen, host, settings).items(gaps));
        }
        if (reserve) {
            aims.add(new Aim.Reserve(policy.ports()));
        }
        range();
        reuse();
        items.addAll(PeakLoad.items(policy, settings, seen.listening()));
        return new Drift(items, aims, persist, gaps);
    }

    private boolean reservation(Service service) {
        if (Reservation.unknown(settings)) {
            items.add(new Item(
                    Aspect.RESERVED_NOW,
                    service.name(),
                    State.CANNOT,
                    null,
                    service.ports().toString(),
                    "the list of reserved ports could not be read",
                    null,
                    "berth ranges tells why"));
            return false;
        }
        PortPolicy now = settings.policy(Protocol.TCP);
        boolean differs = reserved(service, Aspect.RESERVED_NOW, now.reserved(), now.dynamic());
        if (persist) {
            PortSet later = now.persistent().reserved();
            PortRange range = now.persistent().dynamic();
            differs |= reserved(
                    service,
                    Aspect.RESERVED_AT_START,
                    later == null ? PortSet.EMPTY : later,
                    range == null ? UNTUNED : range);
        }
        return differs;
    }

    private boolean reserved(Service service, Aspect aspect, PortSet reserved, @Nullable PortRange dynamic) {
        PortSet missing = service.ports().minus(reserved);
        String when = aspect == Aspect.RESERVED_NOW ? "" : " from the next start on";
        PortSet there = service.ports().minus(missing);
        items.add(new Item(
                aspect,
                service.name(),
                missing.isEmpty() ? State.OK : State.DRIFT,
                there.isEmpty() ? Drift.NOTHING : there.toString(),
                service.ports().toString(),
                missing.isEmpty()
                        ? "no client is given " + them(service.ports()) + when
                        : unreserved(missing, when, dynamic),
                null,
                null));
        return !missing.isEmpty();
    }

    /** Outside of the dynamic range a port is given to no client, reserved or not. */
    private static String unreserved(PortSet missing, String when, @Nullable PortRange dynamic) {
        PortSet drawn = dynamic == null ? PortSet.EMPTY : missing.intersect(PortSet.of(dynamic));
        String risk =
                drawn.isEmpty() ? "" : ", so clients may be given " + (drawn.equals(missing) ? them(drawn) : drawn);
        return missing + (missing.size() == 1 ? " is" : " are") + " not reserved" + when + risk;
    }

    private static String them(PortSet ports) {
        return ports.size() == 1 ? "it" : "them";
    }

    private void range() {
        PortRange wanted = policy.dynamicRange().linux();
        if (wanted == null) {
            return;
        }
        PortPolicy now = settings.policy(Protocol.TCP);
        boolean differs =
                value(Aspect.RANGE_NOW, text(now.dynamic()), wanted.toString(), "automatic choice draws from ");
        if (persist) {
            differs |= value(
                    Aspect.RANGE_AT_START,
                    text(now.persistent().dynamic()),
                    wanted.toString(),
                    "from the next start on it draws from ");
        }
        if (differs) {
            aims.add(new Aim.Draw(wanted));
        }
    }

    private static @Nullable String text(@Nullable PortRange range) {
        return range == null ? null : range.toString();
    }

    private void reuse() {
        TimeWaitReuse wanted = policy.timeWaitReuse();
        if (wanted == null) {
            return;
        }
        Tunable tunable = settings.tunables().get(TimeWaitReuse.SETTING);
        Tunable.Assignment later = tunable == null ? null : tunable.persistent();
        String running = tunable == null ? null : tunable.running();
        boolean differs = value(Aspect.REUSE_NOW, running, wanted.value(), "tcp_tw_reuse is ");
        if (persist) {
            differs |= value(
                    Aspect.REUSE_AT_START,
                    later == null ? null : later.value().strip(),
                    wanted.value(),
                    "from the next start on tcp_tw_reuse is ");
        }
        if (differs) {
            aims.add(new Aim.Assign(TimeWaitReuse.SETTING, wanted.value()));
        }
    }

    private boolean value(Aspect aspect, @Nullable String from, String to, String says) {
        boolean same = to.equals(from);
        boolean atStart = aspect == Aspect.RANGE_AT_START || aspect == Aspect.REUSE_AT_START;
        String known = from != null ? from : atStart ? "the kernel's own, as no file sets it" : "not known";
        items.add(new Item(aspect, null, same ? State.OK : State.DRIFT, from, to, says + known, null, null));
        return !same;
    }
}
