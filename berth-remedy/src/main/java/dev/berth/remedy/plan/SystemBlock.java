package dev.berth.remedy.plan;

import dev.berth.diagnosis.KnownExclusions;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.plan.PlanOptions.Restart;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Windows has taken a block of ports, and lets nobody have one of them.
 *
 * @param winnat whether it looks like one of WinNAT's, which runs
 * @param known who takes such a block as a rule, in brackets; empty where nobody is known
 */
record SystemBlock(PortRange range, boolean winnat, String known) implements InTheWay {
    /** What the driver of Hyper-V's NAT is called as a service. */
    static final String WINNAT = "winnat";

    /** How many ports WinNAT and HNS take at once. */
    private static final int OF_WINNAT = 100;

    /** HNS's own, unless its registry values say otherwise. */
    private static final PortRange OF_HNS = new PortRange(50_000, 50_059);

    /** @param dynamic the dynamic range of its protocol, or null where it could not be read */
    static SystemBlock of(PortRange range, @Nullable PortRange dynamic, boolean winnatRuns) {
        return new SystemBlock(
                range,
                winnatRuns && (range.size() == OF_WINNAT || OF_HNS.equals(range)),
                KnownExclusions.inBrackets(range, dynamic));
    }

    @Override
    public @Nullable String service() {
        return winnat ? WINNAT : null;
    }

    @Override
    public boolean maybeLetsGo() {
        return false;
    }

    @Override
    public Restart restart() {
        return Restart.WINNAT;
    }

    @Override
    public PlanRefusedException refusal(PortSet ports, Protocol protocol) {
        return new PlanRefusedException(
                Kind.NOT_POSSIBLE,
                "cannot exclude %s: Windows has taken %s for itself"
                        .formatted(Obstacles.named(ports, protocol), Obstacles.them(ports)),
                winnat
                        ? "%s looks like a block of WinNAT or HNS, which they take anew at each start".formatted(range)
                        : "%s was excluded by the system%s, and netsh excludes nothing twice (error 32)"
                                .formatted(range, known),
                winnat
                        ? "the same with --restart-winnat: WSL2, containers and Hyper-V NAT lose their network meanwhile"
                        : "berth suggest names another port; berth why %d tells what is known of it"
                                .formatted(ports.ranges().getFirst().first()));
    }
}
