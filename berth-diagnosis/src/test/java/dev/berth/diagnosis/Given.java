package dev.berth.diagnosis;

import dev.berth.diagnosis.doctor.Checkup;
import dev.berth.diagnosis.doctor.EarlierLook;
import dev.berth.diagnosis.doctor.Further;
import dev.berth.diagnosis.doctor.Report;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Owner;
import dev.berth.platform.Owners;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.Tunable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A host made of values. */
public final class Given {
    public static final NetworkNamespace NETNS = new NetworkNamespace(4026531840L, null);

    private Given() {}

    public static PortPolicy policy(String dynamic, String reserved, PortPolicy.Persistent persistent) {
        return new PortPolicy(
                PortRange.parse(dynamic), PortSet.parse(reserved), List.of(), List.of(), 1024, persistent);
    }

    public static Settings settings(String dynamic, String reserved) {
        return settings(policy(dynamic, reserved, PortPolicy.Persistent.NOTHING));
    }

    public static Settings settings(PortPolicy policy) {
        return new Settings(
                Map.of(
                        new Scope(Protocol.TCP, Family.IPV4), policy,
                        new Scope(Protocol.UDP, Family.IPV4), policy),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of());
    }

    public static Settings inside(NetworkNamespace foreign, Settings own) {
        return new Settings(own.policies(), own.tunables(), own.counters(), own.gaps(), foreign);
    }

    /** These settings, with more in force and counters beside them. */
    public static Settings with(Settings settings, Map<String, String> running, Map<String, Long> counters) {
        var tunables = new TreeMap<>(settings.tunables());
        running.forEach((name, text) -> tunables.put(name, new Tunable(name, text, List.of())));
        return new Settings(
                settings.policies(), tunables, new TreeMap<>(counters), settings.gaps(), settings.foreign());
    }

    /** These settings, with what a file sets; {@code running} is null where the kernel has no such setting. */
    public static Settings withLine(
            Settings settings, String name, @Nullable String running, Tunable.Assignment... lines) {
        var tunables = new TreeMap<>(settings.tunables());
        tunables.put(name, new Tunable(name, running, List.of(lines)));
        return new Settings(settings.policies(), tunables, settings.counters(), settings.gaps(), settings.foreign());
    }

    public static HostFacts host(boolean bindsPrivilegedPorts) {
        return new HostFacts(
                "linux", "6.18.44", "db1", Instant.EPOCH, !bindsPrivilegedPorts, false, bindsPrivilegedPorts);
    }

    public static ProcessInfo process(int pid, String name, @Nullable String unit) {
        return new ProcessInfo(pid, name, null, "root", Instant.EPOCH, unit, null);
    }

    /** Process N is {@code pN}; process 4242 is nginx of its own service. */
    public static Optional<ProcessInfo> process(int pid) {
        return Optional.of(pid == 4242 ? process(pid, "nginx", "nginx.service") : process(pid, "p" + pid, null));
    }

    /** Pairs of inode and pid. */
    public static Owners owners(int... pairs) {
        var owners = new Owners.Builder();
        for (int i = 0; i < pairs.length; i += 2) {
            owners.add(pairs[i], pairs[i + 1]);
        }
        return owners.build(true, Owner.Reason.NO_DESCRIPTOR, List.<Gap>of());
    }

    /** What is found in the TCP sockets alone. */
    public static Report report(Survey survey, Settings settings, Owners owners) {
        return report(survey, settings, owners, null);
    }

    /** The same in the light of a look shortly before. */
    public static Report report(Survey survey, Settings settings, Owners owners, @Nullable EarlierLook earlier) {
        return Checkup.of(survey, settings, owners, Given::process, earlier, Further.nothing());
    }

    public static List<Holder> holders(SocketColumns rows, int... owners) {
        return Holders.of(rows, owners(owners), Given::process, NETNS);
    }
}
