package dev.berth.cli.screen;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.Owner;
import org.jspecify.annotations.Nullable;

/** The answer of {@code berth why}: the verdict in one sentence, then what it rests on, then the ways out. */
public final class WhyScreen {
    private static final int INDENT = 9;

    private WhyScreen() {}

    /**
     * @param privilegedBelow the port below which only privileged programs may bind, where that is the reason; or null
     * @param onWindows whether ports are kept from automatic choice by exclusions
     */
    public static void print(Page page, Explanation why, @Nullable Integer privilegedBelow, boolean onWindows) {
        page.prose(0, verdict(page.ink(), why, privilegedBelow));
        if (!why.holders().isEmpty()) {
            page.blank();
            HolderTable.print(page, why.holders());
        }
        if (why.elsewhere() != null && !why.elsewhere().receivers().isEmpty()) {
            page.blank().line(page.ink().bold("Who gets it instead"));
            HolderTable.print(page, why.elsewhere().receivers());
        }
        page.blank();
        proof(page, why);
        page.prose("  rule", 6, INDENT, Escaped.text(why.clause()));
        if (why.verdict() == Cause.LISTENER && why.elsewhere() != null) {
            page.prose("  nat", 5, INDENT, Escaped.text(why.elsewhere().sentence(why.protocol(), why.port()) + "."));
        }
        page.prose("  range", 7, INDENT, range(why, onWindows));
        FixList.print(page, "Ways out", why.fixes());
        page.gaps(why.gaps());
    }

    static String verdict(Ink ink, Explanation why, @Nullable Integer privilegedBelow) {
        String port = why.protocol().label() + " " + why.port();
        if (why.verdict() == Cause.FREE) {
            String server = new Endpoint(why.address(), why.port()).toString();
            String free = why.listenable() == null
                    ? port + " looks free: nothing holds it, and no bind was tried."
                    : port + " is free: a server can bind " + server + (proven(why) ? " now." : ", by the rule.");
            return ink.green(free);
        }
        if (why.verdict() == Cause.ELSEWHERE && why.elsewhere() != null) {
            return ink.red(port + " can be bound, but " + (why.elsewhere().isWhole() ? "its" : "some of its")
                            + " traffic would not arrive: ")
                    + "a NAT rule sends it elsewhere.";
        }
        Holder holder = why.holders().isEmpty() ? null : why.holders().getFirst();
        String who =
                holder == null ? "something" : holder.process() == null ? null : HolderTable.name(holder.process());
        String by = who == null ? "a socket" : who;
        String cause = switch (why.verdict()) {
            case LISTENER -> by + (why.protocol() == Protocol.UDP ? " is bound to it." : " listens on it.");
            case BOUND_ONLY -> by + " has bound it, neither listening nor connected.";
            case CLIENT -> client(holder, who);
            case TIME_WAIT ->
                "a closed connection holds it"
                        + (holder == null || holder.expiresInMillis() == null
                                ? "."
                                : " for " + Figures.decimal(holder.expiresInMillis() / 1000.0) + " s more.");
            case EXCLUDED ->
                privilegedBelow == null
                        ? "the system refuses it to programs."
                        : "only privileged programs may bind it (ports below " + privilegedBelow + ").";
            case BLOCKED_UNSEEN ->
                why.addressIsElsewhere()
                        ? why.address() + " is not an address of this host."
                        : "the bind fails, and what is in the way cannot be seen from here.";
            case ELSEWHERE, FREE -> "";
        };
        String astray = why.elsewhere() == null
                ? ""
                : " " + ink.red((why.elsewhere().isWhole() ? "Its" : "Some of its") + " traffic does not get there:")
                        + " a NAT rule sends it elsewhere.";
        return ink.red(port + (why.listenable() == null ? " may not be available: " : " is not available: "))
                + cause
                + astray;
    }

    static boolean proven(Explanation why) {
        return why.proof().stream().anyMatch(attempt -> attempt.outcome() instanceof BindOutcome.Bound);
    }

    private static String client(@Nullable Holder holder, @Nullable String who) {
        if (who != null) {
            return "a connection of " + who + " has it.";
        }
        Owner.Reason reason = holder == null ? null : holder.noProcess();
        return reason == Owner.Reason.NOT_PERMITTED || reason == Owner.Reason.OTHER_PID_NAMESPACE
                ? "a connection has it, of " + HolderTable.nobody(reason) + "."
                : "a connection of no known process has it.";
    }

    private static void proof(Page page, Explanation why) {
        if (why.proof().isEmpty()) {
            page.prose("  proof", 7, INDENT, "none: no bind was tried");
        }
        String label = "  proof";
        for (Attempt attempt : why.proof()) {
            BindRequest request = attempt.request();
            String option = request.option() == BindRequest.Option.NONE
                    ? ""
                    : " with " + request.option().label();
            String line = "bind " + new Endpoint(request.address(), request.port()) + option + ": "
                    + result(attempt.outcome())
                    + foretold(why, attempt);
            page.prose(label, label.length(), INDENT, line);
            label = "";
        }
    }

    private static String foretold(Explanation why, Attempt attempt) {
        return switch (why.plan().foretold(attempt)) {
            case RIGHT -> ", as the rule says";
            case WRONG -> ", against the rule";
            case OPEN -> "";
        };
    }

    private static String result(BindOutcome outcome) {
        return switch (outcome) {
            case BindOutcome.Bound _ -> "succeeds";
            case BindOutcome.Refused refused ->
                refused.error().name() + " (" + refused.error().number() + ")";
            case BindOutcome.NotTried not -> "not tried, " + not.why();
        };
    }

    private static String range(Explanation why, boolean onWindows) {
        if (why.inDynamicRange() == null) {
            return "the dynamic range is unknown";
        }
        if (!why.inDynamicRange()) {
            return "outside the dynamic range: not handed out automatically now";
        }
        boolean kept = Boolean.TRUE.equals(why.reserved()) || onWindows && Boolean.TRUE.equals(why.excluded());
        String word = onWindows ? "excluded" : "reserved";
        return kept
                ? "inside the dynamic range, and " + word + ": no client is given it"
                : "inside the dynamic range and not " + word + ": any client may be given it";
    }
}
