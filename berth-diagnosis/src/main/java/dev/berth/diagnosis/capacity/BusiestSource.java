package dev.berth.diagnosis.capacity;

import dev.berth.net.IpAddress;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Of the sources that share the calls to a destination, the one whose ports are the first to run out.
 *
 * @param share of the closes to that destination, above 0 and at most 1; null where none closes or is known to, and all calls
 *     are taken to come from this source
 */
public record BusiestSource(Traffic traffic, @Nullable Double share) {
    /** @param there what goes to one destination, from each source; at least one */
    static BusiestSource of(List<Traffic> there) {
        double closes = there.stream().mapToDouble(Traffic::closes).sum();
        return there.stream()
                .map(one -> new BusiestSource(one, closes == 0 ? null : Double.valueOf(one.closes() / closes)))
                .min(Comparator.comparingDouble(BusiestSource::allCarry))
                .orElseThrow();
    }

    public IpAddress address() {
        return traffic.source();
    }

    /** How many times what it carries all sources do. */
    double sources() {
        return share == null ? 1 : 1 / share;
    }

    /** The connections a second, of all sources, that use up the ports of this one. */
    private double allCarry() {
        return share != null && share == 0
                ? Double.POSITIVE_INFINITY
                : traffic.sustainableConnectionsPerSecond() * sources();
    }
}
