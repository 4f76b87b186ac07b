package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import java.util.List;

/** Turns aims into steps, and refuses what would do harm. */
@SuppressWarnings("DoNotCallSuggester")
public final class Planning {
    private Planning() {}

    /** The steps that reach every aim from where the host is now; none where it is there already. */
    public static Plan of(List<Aim> aims, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        throw new PlanRefusedException(
                PlanRefusedException.Kind.NOT_POSSIBLE, "in work", aims + " " + terrain, options.toString());
    }
}
