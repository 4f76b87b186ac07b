package dev.berth.cli.look;

import dev.berth.diagnosis.capacity.Numbers;
import dev.berth.diagnosis.capacity.Traffic;
import dev.berth.net.Endpoint;
import dev.berth.platform.Gap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the local ports carry.
 *
 * @param callsPerSecond the rate that is wished for, or null where none was named
 * @param to the destination that was asked about, or null for any
 * @param busiest what goes there, or everywhere, busiest first; null where no host was looked at
 */
public record CapacityAnswer(
        Numbers numbers,
        @Nullable Double callsPerSecond,
        @Nullable Endpoint to,
        @Nullable List<Traffic> busiest,
        List<Gap> gaps) {
    public CapacityAnswer {
        busiest = busiest == null ? null : List.copyOf(busiest);
        gaps = List.copyOf(gaps);
    }

    /** Whether no rate was named that there are too few ports for. */
    public boolean fits() {
        return callsPerSecond == null || numbers.load().fits(callsPerSecond);
    }
}
