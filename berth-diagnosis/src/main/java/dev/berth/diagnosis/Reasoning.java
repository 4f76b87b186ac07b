package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest.Option;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketFlags;
import dev.berth.platform.SystemError;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Words the rule that decides about a port: one sentence that names the rule, the holder and how the binds went. */
final class Reasoning {
    private Reasoning() {}

    static String of(WhyFacts facts, Judgement judgement) {
        String evidence = judgement.proven() ? outcomes(facts) : prediction(facts, judgement);
        return rule(facts, judgement) + "; " + evidence + ".";
    }

    private static String rule(WhyFacts facts, Judgement judgement) {
        var wanted = new Endpoint(facts.address(), facts.port());
        Elsewhere elsewhere = facts.elsewhere();
        if (judgement.verdict() == Cause.ELSEWHERE && elsewhere != null) {
            return "No socket stands in the way, but " + elsewhere.sentence(facts.protocol(), facts.port());
        }
        Holder holder = judgement.decider();
        if (holder != null) {
            return facts.linux() ? held(facts, holder) : WindowsWording.held(facts, holder);
        }
        ExcludedRange exclusion = facts.exclusion();
        return switch (judgement.verdict()) {
            case FREE ->
                "No socket stands in the way of a bind to " + wanted
                        + aside(facts.holders().size())
                        + (exclusion != null && exclusion.administered() ? WindowsWording.administered(exclusion) : "");
            case EXCLUDED -> exclusion != null ? WindowsWording.excluded(facts, exclusion) : notPermitted(facts);
            case BLOCKED_UNSEEN ->
                judgement.addressIsElsewhere()
                        ? "The address " + facts.address() + " is not on this host, so nothing can be bound to it here"
                        : "A bind to " + wanted + " is refused and no socket that is shown explains it";
            case LISTENER, BOUND_ONLY, CLIENT, TIME_WAIT, ELSEWHERE ->
                throw new IllegalStateException(judgement.verdict() + " without a holder");
        };
    }

    private static String notPermitted(WhyFacts facts) {
        return Boolean.TRUE.equals(Privilege.needed(facts))
                ? "Port %d is privileged: a program needs CAP_NET_BIND_SERVICE to bind a port below %d"
                        .formatted(
                                facts.port(),
                                facts.settings().policy(facts.protocol()).firstUnprivileged())
                : "A policy of the system does not permit this user to bind port " + facts.port();
    }

    private static String aside(int holders) {
        return switch (holders) {
            case 0 -> "";
            case 1 -> ", and the one socket on the port is no obstacle";
            default -> ", and the " + holders + " sockets on the port are no obstacle";
        };
    }

    private static String held(WhyFacts facts, Holder holder) {
        return switch (holder.cause()) {
            case LISTENER ->
                facts.protocol() == Protocol.UDP
                        ? "%s has bound %s, and a second bind passes only where both sockets set SO_REUSEADDR or both SO_REUSEPORT"
                                .formatted(who(holder), holder.local())
                        : "%s listens on %s, and beside a listener a bind to an overlapping address fails even with SO_REUSEADDR%s"
                                .formatted(who(holder), holder.local(), group(holder));
            case BOUND_ONLY ->
                "%s has bound %s without listening or connecting, and %s"
                        .formatted(who(holder), holder.local(), bothMustReuse(holder));
            case CLIENT -> "%s holds the %s, and %s".formatted(who(holder), connection(holder), bothMustReuse(holder));
            case TIME_WAIT ->
                "The closed %s holds the port %s, and %s"
                        .formatted(connection(holder), remaining(holder.expiresInMillis()), bothMustReuse(holder));
            case EXCLUDED, BLOCKED_UNSEEN, ELSEWHERE, FREE ->
                throw new IllegalStateException("no socket is held by " + holder.cause());
        };
    }

    private static String group(Holder holder) {
        return holder.flags() instanceof SocketFlags.Read flags && flags.reusePort()
                ? " (it set SO_REUSEPORT: a socket of the same user that sets it too may join it)"
                : "";
    }

    /** What SO_REUSEADDR, which servers set, does for a bind beside this socket. */
    private static String bothMustReuse(Holder holder) {
        String rule = "SO_REUSEADDR lets a server pass only where both sockets set it: ";
        return switch (holder.flags()) {
            case SocketFlags.Read flags when flags.reuseAddress() -> rule + "this one did";
            case SocketFlags.Read _ -> rule + "this one did not";
            case SocketFlags.Unknown unknown -> rule + "whether this one did is not known (" + unknown.why() + ")";
            case null ->
                rule + "whether this one did is not known"
                        + (holder.inode() == 0 ? " (only the kernel has it now)" : "");
        };
    }

    static String connection(Holder holder) {
        Endpoint remote = holder.remote();
        if (holder.local().equals(remote)) {
            return "connection from " + holder.local() + " to itself";
        }
        String direction = holder.accepted() ? "accepted connection" : "connection";
        return direction + " " + holder.local() + " to " + remote;
    }

    private static String remaining(@Nullable Integer millis) {
        return millis == null ? "for up to a minute" : "for another " + Seconds.roundedUp(millis) + " s";
    }

    static String who(Holder holder) {
        ProcessInfo process = holder.process();
        if (process == null) {
            return "A socket without a known process";
        }
        String kernel = holder.netns().isOnly() && holder.ofTheSystem()
                ? ": the kernel and its drivers, http.sys among them"
                : "";
        return process.name() + " (pid " + process.pid() + kernel + ")";
    }

    private static String prediction(WhyFacts facts, Judgement judgement) {
        String skipped = facts.plan().skipped();
        String expected = switch (judgement.listenable()) {
            case Boolean listenable when listenable -> "a bind should succeed";
            case Boolean _ -> "a bind should fail";
            case null -> "whether a bind would succeed is not known";
        };
        return "no bind was tried" + (skipped == null ? "" : " (" + skipped + ")") + ", so this is a prediction: "
                + expected;
    }

    private static String outcomes(WhyFacts facts) {
        List<Attempt> proof = facts.proof();
        Option careful = facts.plan().careful();
        List<String> all = proof.stream().map(Reasoning::outcome).distinct().toList();
        if (all.size() == 1 && proof.size() > 1) {
            return "the bind " + all.getFirst() + " without and with " + careful.label();
        }
        return proof.stream()
                .map(attempt -> "the bind " + outcome(attempt)
                        + (attempt.request().option() == careful ? " with " : " without ") + careful.label())
                .collect(Collectors.joining(" and "));
    }

    private static String outcome(Attempt attempt) {
        return switch (attempt.outcome()) {
            case BindOutcome.Bound() -> "succeeded";
            case BindOutcome.Refused(SystemError error) -> "failed (" + error.name() + ")";
            case BindOutcome.NotTried(String why) -> "was not tried (" + why + ")";
        };
    }
}
