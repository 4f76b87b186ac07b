package dev.berth.remedy.plan;

import dev.berth.net.PortSet;
import java.util.EnumSet;
import java.util.Set;

/**
 * @param persist whether the next start is to set it as well; on Windows what ports are about always lasts
 * @param force whether to plan what a guard rail would refuse
 * @param restarts what may be stopped while ports are excluded, and is started again afterwards (Windows)
 * @param freed ports that are held now, and will not be when the plan is carried out
 */
public record PlanOptions(boolean persist, boolean force, Set<Restart> restarts, PortSet freed) {
    /** What holds ports on Windows, and lets go of them while it is stopped. */
    public enum Restart {
        /** The services that hold the ports. */
        SERVICES,
        /** WinNAT, which takes blocks of ports for containers and virtual machines. */
        WINNAT
    }

    public PlanOptions {
        restarts = Set.copyOf(restarts);
    }

    public PlanOptions(boolean persist, boolean force, Set<Restart> restarts) {
        this(persist, force, restarts, PortSet.EMPTY);
    }

    public PlanOptions(boolean persist, boolean force) {
        this(persist, force, EnumSet.noneOf(Restart.class));
    }

    /** The same, for a host where somebody frees these ports first. */
    public PlanOptions freed(PortSet ports) {
        return new PlanOptions(persist, force, restarts, ports);
    }

    boolean may(Restart restart) {
        return restarts.contains(restart);
    }
}
