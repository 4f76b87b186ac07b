package dev.berth.remedy.plan;

import dev.berth.net.PortSet;
import dev.berth.platform.ConfiguredServices;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Settings;
import java.util.List;

/**
 * What a plan has to know of the host.
 *
 * @param listening ports with a listener or an unconnected UDP socket, on any address
 * @param inUse ports of the dynamic range that clients hold
 * @param configured services that files configure, running or not
 * @param others network namespaces of this host beside the one that is to be changed; none of them is
 * @param gaps what could not be seen of it
 */
@SuppressWarnings("DoNotCallSuggester")
public record Terrain(
        HostTuning tuning,
        NetworkNamespace netns,
        Settings settings,
        PortSet listening,
        PortSet inUse,
        ConfiguredServices configured,
        List<NetworkNamespace> others,
        List<Gap> gaps) {
    public Terrain {
        others = List.copyOf(others);
        gaps = List.copyOf(gaps);
    }

    /** Looks at a host. */
    public static Terrain of(HostNetwork host, List<NetworkNamespace> others) throws HostReadException {
        throw new HostReadException(HostReadException.Kind.NOT_ON_THIS_SYSTEM, "in work", host.toString(), "" + others);
    }
}
