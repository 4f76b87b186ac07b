package dev.berth.platform;

import dev.berth.net.Protocol;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides about ports on one host, in one network namespace.
 *
 * @param policies the port policy of each protocol and address family
 * @param tunables the settings that were read, by name
 * @param counters the kernel's counters and gauges, such as {@code TcpExt.TWRecycled}; one that is missing is unknown
 * @param gaps what could not be read
 * @param foreign the namespace they are of, where it is another than the host's own, for which its files are; null where it is
 *     the host's own: the one the reader runs in, unless that has a name and is not process 1's
 */
public record Settings(
        Map<Scope, PortPolicy> policies,
        SortedMap<String, Tunable> tunables,
        SortedMap<String, Long> counters,
        List<Gap> gaps,
        @Nullable NetworkNamespace foreign) {

    /** An address family: Windows keeps one dynamic range for each, Linux one for both. */
    public enum Family {
        IPV4,
        IPV6
    }

    /** What a port policy is for. */
    public record Scope(Protocol protocol, Family family) {}

    /** Of the host's own namespace. */
    public Settings(
            Map<Scope, PortPolicy> policies,
            SortedMap<String, Tunable> tunables,
            SortedMap<String, Long> counters,
            List<Gap> gaps) {
        this(policies, tunables, counters, gaps, null);
    }

    public Settings {
        policies = Map.copyOf(policies);
        tunables = new TreeMap<>(tunables);
        counters = new TreeMap<>(counters);
        gaps = List.copyOf(gaps);
    }

    /** Whether they are of Windows, which has its dynamic range among its {@code tunables}, read or not. */
    public boolean ofWindows() {
        return tunables.containsKey(WindowsSetting.dynamicPorts(Protocol.TCP));
    }

    /** The policy for IPv4, which on Linux is the one for IPv6 as well. */
    public PortPolicy policy(Protocol protocol) {
        return policy(protocol, Family.IPV4);
    }

    public PortPolicy policy(Protocol protocol, Family family) {
        PortPolicy policy = policies.get(new Scope(protocol, family));
        if (policy == null) {
            throw new IllegalStateException("no policy for " + protocol + " " + family);
        }
        return policy;
    }

    /** The text in force of a setting, or null where it was not read. */
    public @Nullable String running(String name) {
        Tunable tunable = tunables.get(name);
        return tunable == null ? null : tunable.running();
    }

    /** The number in force of a setting; empty where it was not read, or is no number. */
    public OptionalLong number(String name) {
        String text = running(name);
        return text != null && text.matches("-?[0-9]{1,18}")
                ? OptionalLong.of(Long.parseLong(text))
                : OptionalLong.empty();
    }

    public OptionalLong counter(String name) {
        Long value = counters.get(name);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
