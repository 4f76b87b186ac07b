package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.forecast.Load.Growth;
import dev.berth.diagnosis.forecast.Rate;

/**
 * What two looks saw happen between them.
 *
 * @param opens connections that were opened, those included that this side closed again; one that the peer closed again left no
 *     trace
 * @param growth by how many the living connections became more, where that is more than chance
 */
public record Measured(Rate opens, Growth growth) {
    /**
     * @param opened how many connections were opened
     * @param more by how many the living ones became more; negative where they became fewer
     */
    static Measured of(int opened, int more, double seconds) {
        int ended = Math.max(0, opened - more);
        double noise = 2 * Math.sqrt(opened + ended) / seconds;
        double growth = more / seconds;
        return new Measured(
                Rate.counted(opened, seconds),
                Math.abs(growth) <= noise ? Growth.NONE : new Growth(growth, growth - noise, growth + noise));
    }
}
