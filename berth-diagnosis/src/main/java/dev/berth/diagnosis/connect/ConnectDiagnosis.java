package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.FixScope;
import dev.berth.diagnosis.Processes;
import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.Reservation;
import dev.berth.diagnosis.doctor.Destination;
import dev.berth.diagnosis.doctor.Shares;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.net.rule.ConnectRule;
import dev.berth.net.rule.TupleSpace;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says whether a client can connect to one destination, as far as its local ports go. */
@SuppressWarnings("EnumOrdinal") // counts by state live in an array
public final class ConnectDiagnosis {
    private ConnectDiagnosis() {}

    /** The verdict on the next connect: where several sources are possible, only one that holds for all of them. */
    public static ConnectExplanation explain(ConnectFacts facts) {
        List<ConnectSpace> spaces = spaces(facts);
        ConnectVerdict verdict = verdict(spaces);
        PortPolicy policy = facts.settings().policy(Protocol.TCP);
        PortRange dynamic = policy.dynamic();
        PortSet range = dynamic == null ? PortSet.EMPTY : PortSet.of(dynamic);
        Recycling recycling = Recycling.of(facts.settings());
        return new ConnectExplanation(
                facts.survey().destination(),
                verdict,
                connectable(verdict, facts.localPort()),
                facts.sourceFrom(),
                spaces,
                dynamic,
                range.minus(policy.drawable()).size(),
                policy.drawable().intersect(facts.survey().owned()).size(),
                recycling.mode(),
                facts.localPort(),
                ConnectClause.of(facts, verdict, spaces, recycling),
                FixScope.aimed(ConnectWaysOut.of(facts, verdict, spaces), facts.settings()),
                gaps(facts, spaces, recycling));
    }

    /** A port given by number is the only one that counts. */
    private static @Nullable Boolean connectable(ConnectVerdict verdict, @Nullable LocalPort localPort) {
        if (localPort != null) {
            return switch (localPort.attempts().getFirst().outcome()) {
                case SUCCEEDS -> true;
                case FAILS -> false;
                case DEPENDS -> null;
            };
        }
        return switch (verdict) {
            case CONNECTABLE, PAST_CLIFF -> true;
            case EXHAUSTED -> false;
            case UNKNOWN -> null;
        };
    }

    private static ConnectVerdict verdict(List<ConnectSpace> spaces) {
        var verdicts = new HashSet<ConnectVerdict>();
        spaces.forEach(space -> verdicts.add(space.verdict()));
        return verdicts.size() == 1 ? verdicts.iterator().next() : ConnectVerdict.UNKNOWN;
    }

    private static List<ConnectSpace> spaces(ConnectFacts facts) {
        List<ConnectSurvey.Use> uses = facts.survey().uses();
        List<List<Destination.Share>> shares =
                Shares.of(facts.survey().connections(), uses.size(), new Processes(facts.owners(), facts.processes()));
        var spaces = new ArrayList<ConnectSpace>();
        for (int at = 0; at < uses.size(); at++) {
            spaces.add(space(facts.survey(), uses.get(at), shares.get(at)));
        }
        return spaces;
    }

    private static ConnectSpace space(ConnectSurvey survey, ConnectSurvey.Use use, List<Destination.Share> shares) {
        TupleSpace space = survey.space(use);
        Map<TcpState, Integer> states = new EnumMap<>(TcpState.class);
        int sockets = 0;
        for (TcpState state : TcpState.values()) {
            int count = use.counts[state.ordinal()];
            sockets += count;
            if (count > 0) {
                states.put(state, count);
            }
        }
        int soon = 0;
        for (int second = 0; second < ConnectSurvey.SOON_SECONDS; second++) {
            soon += use.endings[second];
        }
        return new ConnectSpace(
                use.source,
                states,
                space == null ? sockets : space.inUse(),
                space == null ? 0 : space.recyclable(),
                space == null ? null : capacity(survey, space),
                space == null ? null : left(survey, space),
                space == null || !survey.onWindows() ? null : space.left(),
                space == null || survey.onWindows() ? null : ConnectRule.LINUX.automatic(space),
                space == null || survey.onWindows() ? null : space.preferredHalfUsedPercent(),
                use.nextExpiry() < 0 ? null : use.nextExpiry(),
                soon,
                shares);
    }

    private static int left(ConnectSurvey survey, TupleSpace space) {
        return survey.onWindows() ? survey.unconnected(space).size() : space.left();
    }

    private static int capacity(ConnectSurvey survey, TupleSpace space) {
        return survey.onWindows() ? left(survey, space) + space.inUse() : space.capacity();
    }

    private static List<Gap> gaps(ConnectFacts facts, List<ConnectSpace> spaces, Recycling recycling) {
        var gaps = new ArrayList<>(facts.gaps());
        if (!facts.linux()) {
            gaps.add(new Gap(
                    "whether connections share ports",
                    "what is left is the least there can be, one connection for each port; Windows 10, Server 2016 and later let "
                            + "connect() share ports between destinations where the socket was not bound before"));
        }
        if (facts.settings().policy(Protocol.TCP).dynamic() == null) {
            gaps.add(new Gap("how many ports there are", "the dynamic port range could not be read"));
        }
        if (Reservation.unknown(facts.settings())) {
            gaps.add(new Gap("reserved ports", "they could not be read, so fewer may be left"));
        }
        if (facts.sourceFrom() == ConnectFacts.SourceFrom.NOWHERE) {
            gaps.add(new Gap(
                    "the source address", "no route was read and nothing is connected there; --source names one"));
        }
        if (spaces.stream().map(ConnectSpace::verdict).distinct().count() > 1) {
            gaps.add(new Gap(
                    "which source address a client uses", "the answer depends on it; --source asks about one of them"));
        }
        if (facts.survey().sourcesLeftOut()) {
            gaps.add(new Gap("some source addresses", "there are too many of them; --source asks about one"));
        }
        boolean timeWait = spaces.stream().anyMatch(space -> space.count(TcpState.TIME_WAIT) > 0);
        if (timeWait && facts.linux() && !recycling.known()) {
            gaps.add(new Gap(
                    "whether a TIME_WAIT may be taken over",
                    "tcp_tw_reuse or tcp_timestamps could not be read; none is counted as if it may"));
        }
        if (!facts.survey().uses().stream().allMatch(ConnectSurvey.Use::timersShown)) {
            gaps.add(new Gap("when a TIME_WAIT ends", "this host does not show the timers"));
        }
        return gaps;
    }
}
