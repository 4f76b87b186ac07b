package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.forecast.Load.Growth;
import dev.berth.diagnosis.forecast.Rate;
import org.jspecify.annotations.Nullable;

/**
 * What two looks saw happen between them.
 *
 * @param seconds how long
 * @param opens connections that were opened, those included that this side closed again; one that the peer closed again left no
 *     trace, nor one whose TIME_WAIT was taken over
 * @param growth by how many the living connections became more, where that is more than chance
 */
public record Measured(double seconds, Rate opens, Growth growth) {
    private static final int FEWEST = 10;
    private static final double SHORTEST_SECONDS = 2; // in less, a program that starts looks like a leak

    /**
     * @param opened how many connections were opened
     * @param livingBefore how many lived at the first look
     * @param living how many live at the second
     */
    static Measured of(int opened, int livingBefore, int living, double seconds) {
        return new Measured(seconds, Rate.counted(opened, seconds), growth(opened, livingBefore, living, seconds));
    }

    /** The same where a TIME_WAIT may have been taken over: who closes so many, and has no fewer open, opens as many. */
    Measured takenOver(@Nullable Rate closes) {
        Rate most = closes == null || growth.perSecond() < 0 || closes.perSecond() < opens.perSecond() ? opens : closes;
        return new Measured(seconds, most.asLowerBound(), growth);
    }

    /** The number of living connections varies by the root of it, and by no more than what was opened and ended does. */
    private static Growth growth(int opened, int livingBefore, int living, double seconds) {
        int more = living - livingBefore;
        int ended = Math.max(0, opened - more);
        double noise = 2 * Math.sqrt(Math.min(opened + ended, livingBefore + living)) / seconds;
        double growth = more / seconds;
        boolean chance = Math.abs(growth) <= noise || Math.abs(more) < FEWEST || seconds < SHORTEST_SECONDS;
        return chance ? Growth.NONE : new Growth(growth, growth - noise, growth + noise);
    }
}
