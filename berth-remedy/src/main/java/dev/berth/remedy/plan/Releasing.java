package dev.berth.remedy.plan;

import dev.berth.diagnosis.Holder;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings.Family;
import dev.berth.remedy.plan.PlanRefusedException.Kind;
import java.util.List;

/** What taking ports out of the exclusions of Windows means for the blocks they are in, which netsh takes out whole. */
record Releasing(Terrain terrain, Outline outline) {
    /** Refuses where the rest of a block could not be excluded again; notes what does not come back as it was. */
    void check(PortSet release, Protocol protocol) throws PlanRefusedException {
        for (Family family : Family.values()) {
            PortPolicy policy = terrain.settings().policy(protocol, family);
            for (ExcludedRange row : policy.excluded()) {
                if (row.administered() && release.intersects(PortSet.of(row.range()))) {
                    checkRest(row.range(), release, protocol);
                    note(row, policy);
                }
            }
        }
    }

    private void checkRest(PortRange block, PortSet release, Protocol protocol) throws PlanRefusedException {
        PortSet rest = PortSet.of(block).minus(release);
        List<Holder> holders = Obstacles.holders(rest, protocol, terrain);
        if (!holders.isEmpty()) {
            PortSet held = PortSet.of(holders.stream()
                    .map(holder -> PortRange.of(holder.local().port()))
                    .toList());
            throw new PlanRefusedException(
                    Kind.NOT_POSSIBLE,
                    "cannot take %s out of its block %s"
                            .formatted(Obstacles.named(release.intersect(PortSet.of(block)), protocol), block),
                    "netsh takes a block out whole, and Windows would not exclude %s again, which a socket holds (error 32)"
                            .formatted(held.inShort()),
                    "berth free %d%s first, or release the block whole"
                            .formatted(held.ranges().getFirst().first(), Obstacles.flag(protocol)));
        }
    }

    private void note(ExcludedRange row, PortPolicy policy) {
        PortSet block = PortSet.of(row.range());
        if (UntilRestart.isOfHns(row)) {
            outline.note(
                    ("%s is by its numbers the block of the Host Networking Service, which excludes it whole again when it starts;"
                                    + " EnableExcludedPortRange in the registry is said to end that.")
                            .formatted(row.range()));
        } else if (UntilRestart.of(policy).intersects(block)) {
            outline.note(
                    ("%s is excluded until the next restart only, and so stays what is left of it. Taken back, this change"
                                    + " excludes the ports it released for good.")
                            .formatted(row.range()));
        } else if (policy.persistent().reserved() == null) {
            outline.note(
                    ("netsh does not tell whether %s is excluded for good or until the next restart: what is left of it, or"
                                    + " comes back when this is taken back, is excluded for good.")
                            .formatted(row.range()));
        }
    }
}
