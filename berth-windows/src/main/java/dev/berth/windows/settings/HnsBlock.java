package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.windows.system.Registry;

/**
 * The block that the Host Networking Service excludes at each of its starts, with a star, though no person made it:
 * 50000-50059 unless the registry says otherwise (notes of users; not documented).
 */
public final class HnsBlock {
    private static final long FIRST = 50_000;
    private static final long COUNT = 60;

    private HnsBlock() {}

    /** Empty where the registry says what is no block. */
    public static PortSet of(Registry registry) {
        Long first = RegistrySettings.number(registry, "ExcludedPortRangeStartPort");
        Long count = RegistrySettings.number(registry, "ExcludedPortRangePortCount");
        long start = first == null ? FIRST : first;
        long end = start + (count == null ? COUNT : count) - 1;
        return start < 1 || end < start || end > PortRange.ALL.last()
                ? PortSet.EMPTY
                : PortSet.of(new PortRange((int) start, (int) end));
    }
}
