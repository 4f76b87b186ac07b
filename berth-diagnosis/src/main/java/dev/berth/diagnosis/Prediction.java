package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import dev.berth.net.rule.BindPrediction;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.Conflict;
import dev.berth.net.rule.Exclusion;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.PortState;
import dev.berth.net.rule.Sharing;
import dev.berth.net.rule.WantedBind;
import dev.berth.platform.BindRequest;
import dev.berth.platform.SocketFlags;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the rule of binding says of one bind, before it is tried.
 *
 * @param obstacles the sockets in its way, and those that may be, first cause first
 */
public record Prediction(BindRequest request, BindPrediction answer, List<Obstacle> obstacles) {
    /** A socket that is in the way, and the clause of the rule that says so. */
    public record Obstacle(Holder holder, Conflict conflict) {}

    public Prediction {
        obstacles = List.copyOf(obstacles);
    }

    static Prediction of(BindRule rule, BindRequest request, List<Holder> holders) {
        BindPrediction answer = rule.predict(wanted(request), new PortState(holdings(holders), Exclusion.NONE));
        return new Prediction(request, answer, obstacles(answer, holders));
    }

    /** Whether the bind will succeed; null where that depends on what is unknown. */
    @Nullable Boolean succeeds() {
        return switch (answer) {
            case BindPrediction.Allowed _ -> true;
            case BindPrediction.Refused _ -> false;
            case BindPrediction.Depends _ -> null;
        };
    }

    private static WantedBind wanted(BindRequest request) {
        boolean v6 = !request.address().isV4();
        return new WantedBind(
                request.protocol(),
                request.address(),
                v6,
                false,
                request.reuseAddress() ? Sharing.REUSE_ADDRESS : Sharing.NONE,
                null,
                0);
    }

    private static List<Holding> holdings(List<Holder> holders) {
        var holdings = new ArrayList<Holding>(holders.size());
        for (Holder holder : holders) {
            holdings.add(new Holding(
                    holder.state(),
                    holder.local().address(),
                    holder.remote(),
                    v6Only(holder),
                    sharing(holder),
                    holder.uid() == null ? null : holder.uid().toString(),
                    holder.id().device(),
                    Holding.Origin.UNKNOWN));
        }
        return holdings;
    }

    private static Sharing sharing(Holder holder) {
        return holder.flags() instanceof SocketFlags.Read flags
                ? new Sharing(flag(flags.reuseAddress()), flag(flags.reusePort()), Flag.UNKNOWN)
                : Sharing.UNKNOWN;
    }

    private static Flag v6Only(Holder holder) {
        if (holder.flags() instanceof SocketFlags.Read flags) {
            return flag(flags.v6Only());
        }
        boolean told = holder.state() == TcpState.LISTEN || holder.state() == TcpState.BOUND;
        return holder.v6Only() ? Flag.SET : told && holder.id().cookie() != 0 ? Flag.CLEAR : Flag.UNKNOWN;
    }

    private static Flag flag(boolean set) {
        return set ? Flag.SET : Flag.CLEAR;
    }

    private static List<Obstacle> obstacles(BindPrediction answer, List<Holder> holders) {
        List<Conflict> conflicts = switch (answer) {
            case BindPrediction.Allowed _ -> List.of();
            case BindPrediction.Refused refused -> refused.conflicts();
            case BindPrediction.Depends depends -> depends.otherwise().conflicts();
        };
        return conflicts.stream()
                .map(conflict -> new Obstacle(holders.get(conflict.holding()), conflict))
                .sorted(Comparator.comparing(obstacle -> obstacle.holder().cause()))
                .toList();
    }
}
