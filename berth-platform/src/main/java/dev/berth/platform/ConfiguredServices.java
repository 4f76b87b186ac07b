package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The services that files of this host configure, running or not.
 *
 * @param gaps files that could not be read
 */
public record ConfiguredServices(List<Service> services, List<Gap> gaps) {
    public ConfiguredServices {
        services = List.copyOf(services);
        gaps = List.copyOf(gaps);
    }

    /**
     * One port or run of ports that a service is configured to listen on.
     *
     * @param name what people call it, such as {@code PostgreSQL}; or the name of the unit
     * @param address the address it binds, or null where it is every address, or one that the file names in another way
     * @param unit the unit that starts it, or null where none is known
     * @param source {@code file:line} that says so
     * @param enabled whether the next start starts it; null where that is not known
     */
    public record Service(
            String name,
            Protocol protocol,
            PortRange ports,
            @Nullable IpAddress address,
            @Nullable String unit,
            String source,
            @Nullable Boolean enabled) {}
}
