package dev.berth.platform;

import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the system behind the door. */
public final class Hosts {
    private Hosts() {}

    /** The system this process runs on, or null where Berth knows none. */
    public static @Nullable HostProvider here() {
        for (HostProvider provider : ServiceLoader.load(HostProvider.class)) {
            if (provider.isHere()) {
                return provider;
            }
        }
        return null;
    }

    /** The provider that reads recordings of {@code system}, or null where Berth knows none. */
    public static @Nullable HostProvider of(String system) {
        for (HostProvider provider : ServiceLoader.load(HostProvider.class)) {
            if (provider.system().equals(system)) {
                return provider;
            }
        }
        return null;
    }
}
