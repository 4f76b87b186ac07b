package dev.berth.lab.bench;

import org.jspecify.annotations.Nullable;

/**
 * One figure that is comparable from machine to machine, or nearly.
 *
 * @param what as in {@code berth list ÷ ss -tanp}
 * @param measured by the medians of the whole run
 * @param min of the rounds by themselves; so is {@code max}
 * @param budget null where there is none, or none is asked about
 * @param disturbed whether others disturbed half of the runs or more of a command, and its median says nothing sure
 */
public record Comparison(
        String scene,
        String what,
        Unit unit,
        double measured,
        double min,
        double max,
        @Nullable Budget budget,
        boolean disturbed) {
    /** What the figures are. */
    public enum Unit {
        RATIO,
        MEBIBYTES,
        CONNECTS
    }

    /** What its budget says of it. */
    public enum Verdict {
        NO_BUDGET,
        STRETCH_MET,
        MET,
        /** Missed by no more than {@link Budget#TOLERANCE}. */
        MISSED_BY_NOISE,
        MISSED,
        /** None, for {@link Comparison#disturbed}. */
        DISTURBED
    }

    public Verdict verdict() {
        if (budget == null) {
            return Verdict.NO_BUDGET;
        }
        if (disturbed) {
            return Verdict.DISTURBED;
        }
        if (budget.isStretchMet(measured)) {
            return Verdict.STRETCH_MET;
        }
        if (budget.isMet(measured)) {
            return Verdict.MET;
        }
        return budget.isClearlyMissed(measured) ? Verdict.MISSED : Verdict.MISSED_BY_NOISE;
    }
}
