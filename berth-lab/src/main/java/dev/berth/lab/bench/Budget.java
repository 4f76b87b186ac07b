package dev.berth.lab.bench;

/**
 * What is wanted of something that was measured.
 *
 * @param atMost whether both are upper bounds, else lower ones
 */
public record Budget(double required, double stretch, boolean atMost) {
    /** How far from what is required a check calls noise. */
    public static final double TOLERANCE = 0.25;

    static Budget atMost(double required, double stretch) {
        return new Budget(required, stretch, true);
    }

    public boolean isMet(double measured) {
        return reaches(measured, required);
    }

    public boolean isStretchMet(double measured) {
        return reaches(measured, stretch);
    }

    /** Whether it is missed by more than noise explains. */
    public boolean isClearlyMissed(double measured) {
        return !reaches(measured, atMost ? required * (1 + TOLERANCE) : required / (1 + TOLERANCE));
    }

    private boolean reaches(double measured, double bound) {
        return atMost ? measured <= bound : measured >= bound;
    }
}
