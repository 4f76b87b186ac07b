package dev.berth.diagnosis;

import dev.berth.net.rule.BindPrediction;
import dev.berth.net.rule.BindPrediction.Conflict;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.Clause;
import dev.berth.net.rule.PortState;
import dev.berth.net.rule.PortState.Exclusion;
import dev.berth.net.rule.Sharing;
import dev.berth.net.rule.WantedBind;
import dev.berth.platform.BindRequest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What the rule of binding says of one bind, before it is tried.
 *
 * @param obstacles the sockets in its way, and those that may be, first cause first
 */
public record Prediction(BindRequest request, BindPrediction answer, List<Obstacle> obstacles) {
    /** A socket that is in the way, and the clause of the rule that says so. */
    public record Obstacle(Holder holder, Clause clause) {}

    public Prediction {
        obstacles = List.copyOf(obstacles);
    }

    /** @param exclusion a range that the system keeps refuses the bind, and the sockets are in its way all the same */
    static Prediction of(BindRule rule, BindRequest request, List<Holder> holders, Exclusion exclusion) {
        WantedBind wanted = wanted(request);
        BindPrediction bySockets = rule.predict(wanted, PortState.of(Holdings.of(holders)));
        BindPrediction answer = rule.predict(wanted, new PortState(Holdings.of(holders), exclusion));
        return new Prediction(request, answer, obstacles(rule, wanted, bySockets, holders));
    }

    /** Whether the bind will succeed; null where that depends on what is unknown. */
    @Nullable
    Boolean succeeds() {
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
                switch (request.option()) {
                    case NONE -> Sharing.NONE;
                    case REUSE_ADDRESS -> Sharing.REUSE_ADDRESS;
                    case EXCLUSIVE -> Sharing.EXCLUSIVE;
                },
                null,
                0);
    }

    /** Those that are in the way for sure, and then those that are in the way once the first are gone, or may be. */
    private static List<Obstacle> obstacles(
            BindRule rule, WantedBind wanted, BindPrediction answer, List<Holder> holders) {
        var obstacles = new ArrayList<>(named(answer, holders));
        if (answer instanceof BindPrediction.Refused refused) {
            var sure = new BitSet();
            refused.conflicts().forEach(conflict -> sure.set(conflict.holding()));
            List<Holder> rest = IntStream.range(0, holders.size())
                    .filter(index -> !sure.get(index))
                    .mapToObj(holders::get)
                    .toList();
            obstacles.addAll(named(rule.predict(wanted, PortState.of(Holdings.of(rest))), rest));
        }
        return obstacles;
    }

    private static List<Obstacle> named(BindPrediction answer, List<Holder> holders) {
        List<Conflict> conflicts = switch (answer) {
            case BindPrediction.Allowed _ -> List.of();
            case BindPrediction.Refused refused -> refused.conflicts();
            case BindPrediction.Depends depends -> depends.otherwise().conflicts();
        };
        return conflicts.stream()
                .map(conflict -> new Obstacle(holders.get(conflict.holding()), conflict.clause()))
                .sorted(Comparator.comparing(obstacle -> obstacle.holder().cause()))
                .toList();
    }
}
