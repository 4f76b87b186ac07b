package dev.berth.remedy.plan;

import dev.berth.diagnosis.Aim;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.WindowsSetting;
import dev.berth.remedy.log.Master;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns aims into steps, and refuses what would do harm. Each system has its own settings, and its own harm. */
public final class Planning {
    private Planning() {}

    /** The steps that reach every aim from where the host is now; none where it is there already. */
    public static Plan of(List<Aim> aims, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        Plan plan = outline(aims, terrain, options);
        permit(plan, terrain.tuning());
        return plan;
    }

    /** The same, whether or not this user could carry it out: for a plan that somebody else will. */
    public static Plan outline(List<Aim> aims, Terrain terrain, PlanOptions options) throws PlanRefusedException {
        return terrain.isWindows()
                ? WindowsPlanning.outline(WindowsWanted.of(aims), terrain, options)
                : LinuxPlanning.outline(LinuxWanted.of(aims), terrain, options);
    }

    /** Refuses a plan with a step that cannot be made here, as far as can be told without making it. */
    public static void permit(Plan plan, HostTuning tuning) throws PlanRefusedException {
        for (Step step : plan.steps()) {
            PlanRefusedException obstacle = obstacle(step, tuning);
            if (obstacle != null) {
                throw obstacle;
            }
        }
    }

    /** Why a step cannot be made here, as far as can be told without making it; null where nothing is in the way. */
    public static @Nullable PlanRefusedException obstacle(Step step, HostTuning tuning) {
        ActOutcome obstacle = tuning.obstacle(step.setting(), step.place());
        if (obstacle == null) {
            return null;
        }
        boolean permission = obstacle instanceof ActOutcome.NotPermitted;
        boolean windows = WindowsSetting.isOne(step.setting());
        boolean inFile = step.place() == Place.PERSISTENT && !windows;
        String elsewhere = !inFile
                ? "where it can be set, this plan can be made"
                : obstacle instanceof ActOutcome.NotOnThisSystem
                        ? "the file is for whoever makes this system; without one it lasts until the next restart"
                        : "put that right, then the same again; without a file it lasts until the next restart";
        return new PlanRefusedException(
                permission ? Kind.NOT_PERMITTED : Kind.NOT_POSSIBLE,
                inFile ? "cannot set %s for the next start".formatted(step.setting()) : "cannot set " + step.setting(),
                (permission ? "it takes " : "") + obstacle.detail(),
                permission ? "the same " + Master.of(windows).how() : elsewhere);
    }

    /** Why there is nothing to set about ports in TIME_WAIT on Windows. */
    public static PlanRefusedException noReuse() {
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "Windows has no setting that lets clients take over ports in TIME_WAIT",
                "from Windows 10 and Server 2016 on a connect() without bind() shares its port with connections to other"
                        + " destinations by itself, and before there is no such thing",
                "berth capacity tells what gives clients more ports");
    }
}
