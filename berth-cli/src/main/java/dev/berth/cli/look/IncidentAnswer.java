package dev.berth.cli.look;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.diagnosis.explain.PossibleCause;
import dev.berth.platform.Gap;
import dev.berth.platform.PortEvents;
import java.util.List;

/**
 * What incidents of a log mean, and which of it is so on a host.
 *
 * @param meaning what happened, in a sentence or two that need no host
 * @param causes the likeliest first, at least one
 * @param remarks what the host's answer means for these lines, each a sentence: that the port is free again, that the destination
 *     is a guess; empty where there is nothing to add
 * @param events what the host's own log says about ports that ran out; empty where none or not asked
 * @param fixes those of the host's answer; none where it was not asked
 * @param gaps what could not be looked at for the host's answer, its own gaps among them
 */
public record IncidentAnswer(
        IncidentGroup group,
        String meaning,
        List<PossibleCause> causes,
        HostAnswer host,
        List<String> remarks,
        List<PortEvents.Event> events,
        List<Fix> fixes,
        List<Gap> gaps) {
    public IncidentAnswer {
        causes = List.copyOf(causes);
        remarks = List.copyOf(remarks);
        events = List.copyOf(events);
        fixes = List.copyOf(fixes);
        gaps = List.copyOf(gaps);
    }

    /** What the host said. */
    public sealed interface HostAnswer {
        /** In one word, {@code unknown} where it was not asked. */
        default String verdict() {
            return switch (this) {
                case Server server -> server.why().explanation().verdict().label();
                case Client client -> client.why().verdict().label();
                case AnyPort any -> any.choice().verdict();
                case NotAsked _ -> "unknown";
            };
        }

        /** Whether the lines do not carry what was asked about. */
        default boolean guessed() {
            return false;
        }

        /**
         * About the port that a server wanted.
         *
         * @param guessed whether the port is the product's default, because the lines carry none
         */
        record Server(WhyQuestion.Answer why, boolean guessed) implements HostAnswer {}

        /**
         * About the destination that a client wanted to reach.
         *
         * @param guessed whether it is the one with fewest ports left, because the lines carry none
         */
        record Client(ConnectExplanation why, boolean guessed) implements HostAnswer {}

        /** About the port that the system was to choose for a bind. */
        record AnyPort(PortChoice choice) implements HostAnswer {}

        /**
         * Nothing: it was not asked.
         *
         * @param why such as {@code the lines carry no port}
         */
        record NotAsked(String why) implements HostAnswer {}
    }

    /** The verdict in one word: of the host, or {@code unknown} where it was not asked. */
    public String verdict() {
        return host.verdict();
    }
}
