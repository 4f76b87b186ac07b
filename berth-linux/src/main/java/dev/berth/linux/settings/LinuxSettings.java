package dev.berth.linux.settings;

import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.ReservedList;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.SourcedRange;
import dev.berth.platform.Tunable;
import dev.berth.platform.Tunable.Assignment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads what decides about ports in one network namespace of a Linux host. The files' namespace is the answer's; a new
 * namespace starts from the kernel's defaults, so what the sysctl.d files say holds for the first one only.
 */
public final class LinuxSettings {
    private static final String RANGE = "net.ipv4.ip_local_port_range";
    private static final String RESERVED = "net.ipv4.ip_local_reserved_ports";
    private static final String FIRST_UNPRIVILEGED = "net.ipv4.ip_unprivileged_port_start";
    private static final String RUNNING = "running";
    private static final String COUNTERS = "some of the kernel's counters";

    /** A kernel without one of these is too old, or too small, for Berth to know its ports. */
    private static final List<String> EVERY_KERNEL_HAS = List.of(RANGE, RESERVED, FIRST_UNPRIVILEGED);

    private static final List<String> SOME_KERNELS_HAVE = List.of(
            "net.ipv4.ip_autobind_reuse",
            "net.ipv4.tcp_ehash_entries", // 6.1
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_max_tw_buckets",
            "net.ipv4.tcp_timestamps",
            "net.ipv4.tcp_tw_recycle", // before 4.12; files still set it
            "net.ipv4.tcp_tw_reuse",
            "net.ipv4.tcp_tw_reuse_delay", // 6.14
            "net.ipv6.conf.all.disable_ipv6",
            "net.netfilter.nf_conntrack_buckets", // these while the module is loaded
            "net.netfilter.nf_conntrack_count",
            "net.netfilter.nf_conntrack_max",
            "net.netfilter.nf_conntrack_tcp_timeout_time_wait");

    private final FilesOrGaps files;
    private final SortedMap<String, Tunable> tunables = new TreeMap<>();

    private final @Nullable NetworkNamespace foreign;

    private LinuxSettings(KernelFiles files, @Nullable NetworkNamespace foreign) {
        this.files = new FilesOrGaps(files);
        this.foreign = foreign;
    }

    /** Never fails: what cannot be read is null, or absent, and named in {@link Settings#gaps()}. */
    public static Settings read(KernelFiles files) {
        return read(files, null);
    }

    /** @param foreign the namespace, where it is not the reader's own: the sysctl files say nothing about it */
    public static Settings read(KernelFiles files, @Nullable NetworkNamespace foreign) {
        return new LinuxSettings(files, foreign).read();
    }

    private Settings read() {
        var configuration = foreign == null ? SysctlConfiguration.read(files) : null;
        if (configuration == null) {
            files.missing("what the next start sets", "sysctl files configure the host's own namespace only");
        }
        for (String name : EVERY_KERNEL_HAS) {
            tunables.put(name, new Tunable(name, plain(files.text(path(name), name)), configured(configuration, name)));
        }
        for (String name : SOME_KERNELS_HAVE) {
            var running = plain(files.textIfAny(path(name), name));
            var tunable = new Tunable(name, running, configured(configuration, name));
            if (tunable.running() != null || tunable.persistent() != null) {
                tunables.put(name, tunable);
            }
        }
        return new Settings(policies(), tunables, counters(), files.gaps(), foreign);
    }

    private static List<Assignment> configured(@Nullable SysctlConfiguration configuration, String name) {
        return configuration == null ? List.of() : configuration.of(name);
    }

    private static @Nullable String plain(@Nullable String text) {
        return text == null ? null : SysctlLine.plain(text);
    }

    private static String path(String name) {
        return "/proc/sys/" + name.replace('.', '/');
    }

    private Map<Scope, PortPolicy>
            policies() { // one policy: Linux draws for both protocols and families from one range
        var policy = policy();
        var policies = new HashMap<Scope, PortPolicy>();
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                policies.put(new Scope(protocol, family), policy);
            }
        }
        return policies;
    }

    private PortPolicy policy() {
        PortSet reserved = reserved();
        Assignment persistent = persistent(RESERVED);
        PortSet persistentlyReserved = persistent == null ? null : reserved(persistent.value(), persistent.source());
        return new PortPolicy(
                range(),
                reserved,
                sources(reserved, persistentlyReserved, persistent),
                List.of(),
                firstUnprivileged(),
                persistent(persistentlyReserved, persistent));
    }

    private PortPolicy.Persistent persistent(@Nullable PortSet reserved, @Nullable Assignment reserving) {
        Assignment assignment = persistent(RANGE);
        PortRange range = assignment == null ? null : range(assignment.value(), assignment.source());
        return new PortPolicy.Persistent(
                range,
                assignment == null ? null : assignment.source(),
                reserved,
                reserving == null ? null : reserving.source());
    }

    private @Nullable Assignment persistent(String name) {
        Tunable tunable = tunables.get(name);
        return tunable == null ? null : tunable.persistent();
    }

    private @Nullable String inForce(String name) {
        Tunable tunable = tunables.get(name);
        return tunable == null ? null : tunable.running();
    }

    private @Nullable PortRange range() {
        String text = inForce(RANGE);
        return text == null ? null : range(text, path(RANGE));
    }

    private @Nullable PortRange range(String text, String source) {
        try {
            String[] ends = text.split(" ", -1);
            if (ends.length == 2) {
                return new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1]));
            }
        } catch (IllegalArgumentException e) {
            // said below, with the place
        }
        files.missing("the dynamic range that " + source + " sets", "'" + text + "' is not a low and a high port");
        return null;
    }

    private PortSet reserved() {
        String text = inForce(RESERVED);
        PortSet ports = text == null ? null : reserved(text, path(RESERVED));
        return ports == null ? PortSet.EMPTY : ports;
    }

    private @Nullable PortSet reserved(String text, String source) {
        ReservedList list = ReservedList.parse(text);
        if (list == null) {
            files.missing(
                    "the reserved ports that " + source + " sets",
                    "'" + text + "' is not a list such as 80,8080-8090: the kernel refuses it, and reserves nothing");
        }
        return list == null ? null : list.ports();
    }

    private @Nullable Integer firstUnprivileged() {
        String text = inForce(FIRST_UNPRIVILEGED);
        try {
            return text == null ? null : Integer.valueOf(text);
        } catch (NumberFormatException e) {
            files.missing(FIRST_UNPRIVILEGED, "'" + text + "' is not a port");
            return null;
        }
    }

    /** The reserved ranges in ascending order: those the winning line of the files explains, and the rest. */
    private static List<SourcedRange> sources(
            PortSet reserved, @Nullable PortSet persistent, @Nullable Assignment assignment) {
        PortSet explained = persistent == null ? PortSet.EMPTY : reserved.intersect(persistent);
        var sources = new ArrayList<SourcedRange>();
        if (assignment != null) {
            explained.ranges().forEach(range -> sources.add(new SourcedRange(range, assignment.source())));
        }
        reserved.minus(explained).ranges().forEach(range -> sources.add(new SourcedRange(range, RUNNING)));
        sources.sort(Comparator.comparing(SourcedRange::range));
        return sources;
    }

    private SortedMap<String, Long> counters() {
        var counters = new KernelCounters();
        counters.addNamedPairs(files.text("/proc/net/netstat", COUNTERS), "TcpExt");
        counters.addNamedPairs(files.text("/proc/net/snmp", COUNTERS), "Tcp", "Udp");
        counters.addSockstat(files.text("/proc/net/sockstat", COUNTERS));
        counters.addSockstat(files.textIfAny("/proc/net/sockstat6", COUNTERS));
        counters.addConntrack(files.textIfAny("/proc/net/stat/nf_conntrack", COUNTERS));
        return counters.values();
    }
}
