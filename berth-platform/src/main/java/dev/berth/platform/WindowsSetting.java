package dev.berth.platform;

import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import java.util.Locale;

/**
 * What the settings of a Windows host are called in {@link Tunable}, {@link HostTuning} and plans. The exclusions of each family
 * are a setting of their own, as netsh keeps a table for each; whether both are one space behind it is not documented.
 *
 * <p>All of them are {@link HostTuning.Place#PERSISTENT} but the state of a service, which is {@link HostTuning.Place#RUNNING}:
 * netsh's {@code store=persistent} is in force at once and stays, and the registry is read at the next start.
 */
public final class WindowsSetting {
    /** The prefix of values of the registry, below {@code HKLM\SYSTEM\CurrentControlSet\Services\Tcpip\Parameters}. */
    private static final String REGISTRY = "registry.";

    private static final String SERVICE = "service.";
    private static final String EXCLUDED = ".excludedportrange";
    private static final String DYNAMIC = ".dynamicport";

    /** The state of a service that runs. */
    public static final String RUNNING = "running";

    /** The state of a service that does not. */
    public static final String STOPPED = "stopped";

    private WindowsSetting() {}

    /** Whether it is the name of one. */
    public static boolean isOne(String setting) {
        return isExcludedPorts(setting) || isDynamicPorts(setting) || isRegistry(setting) || isService(setting);
    }

    /**
     * The dynamic range of a protocol: {@code 49152-65535}, or {@code 49152-65535 ipv6 1024-15000} where the families differ.
     */
    public static String dynamicPorts(Protocol protocol) {
        return protocol.label() + DYNAMIC;
    }

    /** The administered exclusions of a protocol in the table of a family, such as {@code tcp.ipv4…}: a {@link ReservedList}. */
    public static String excludedPorts(Protocol protocol, Family family) {
        return protocol.label() + "." + label(family) + EXCLUDED;
    }

    /** As netsh calls it. */
    public static String label(Family family) {
        return family.name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is a list of ports, as {@link #excludedPorts}. */
    public static boolean isExcludedPorts(String setting) {
        return setting.endsWith(EXCLUDED);
    }

    /** Whether it is a dynamic range, as {@link #dynamicPorts}. */
    public static boolean isDynamicPorts(String setting) {
        return setting.endsWith(DYNAMIC);
    }

    /** Which protocol's; of {@link #dynamicPorts} and {@link #excludedPorts} only. */
    public static Protocol protocol(String setting) {
        return setting.startsWith(Protocol.UDP.label() + ".") ? Protocol.UDP : Protocol.TCP;
    }

    /** Which family's; of {@link #excludedPorts} only. */
    public static Family family(String setting) {
        return setting.endsWith(label(Family.IPV6) + EXCLUDED) ? Family.IPV6 : Family.IPV4;
    }

    /** The same list of the other family; of {@link #excludedPorts} only. */
    public static String ofOtherFamily(String setting) {
        return excludedPorts(protocol(setting), family(setting) == Family.IPV4 ? Family.IPV6 : Family.IPV4);
    }

    /** A value of the registry, such as {@code MaxUserPort}: decimal for a number, {@code a-b,c-d} for ReservedPorts. */
    public static String registry(String value) {
        return REGISTRY + value;
    }

    /** Whether it is a value of the registry. */
    public static boolean isRegistry(String setting) {
        return setting.startsWith(REGISTRY);
    }

    /** Whether a service runs: {@link #RUNNING} or {@link #STOPPED}. */
    public static String service(String name) {
        return SERVICE + name;
    }

    /** Whether it is the state of a service. */
    public static boolean isService(String setting) {
        return setting.startsWith(SERVICE);
    }

    /** The name of the value or service; of {@link #registry} and {@link #service} only. */
    public static String name(String setting) {
        return setting.substring(setting.indexOf('.') + 1);
    }
}
