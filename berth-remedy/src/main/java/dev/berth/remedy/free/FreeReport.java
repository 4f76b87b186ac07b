package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How freeing a port went.
 *
 * @param done what was done, in order, up to where it stopped
 * @param took from the look before the first step to the last look, which is the proof
 * @param after what the last look saw; null where there was none
 */
public record FreeReport(
        List<Done> done,
        FreeEnd end,
        Duration took,
        @Nullable Explanation after) {
    public FreeReport {
        done = List.copyOf(done);
    }
}
