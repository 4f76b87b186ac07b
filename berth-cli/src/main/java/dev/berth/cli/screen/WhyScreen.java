package dev.berth.cli.screen;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Holder;
import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;

/** The answer of {@code berth why}: the verdict in one sentence, then what it rests on, then the ways out. */
public final class WhyScreen {
    private static final int INDENT = 9;

    private WhyScreen() {}

    public static void print(Page page, Explanation why) {
        page.prose(0, verdict(page.ink(), why));
        if (!why.holders().isEmpty()) {
            page.blank();
            HolderTable.print(page, why.holders());
        }
        page.blank();
        proof(page, why);
        page.prose("  rule", 6, INDENT, Escaped.text(why.clause()));
        page.prose("  range", 7, INDENT, range(why));
        fixes(page, why);
        page.gaps(why.gaps());
    }

    private static String verdict(Ink ink, Explanation why) {
        String port = why.protocol().label() + " " + why.port();
        if (why.verdict() == Cause.FREE) {
            String server = new Endpoint(why.address(), why.port()).toString();
            String free = why.listenable() == null
                    ? port + " looks free: nothing holds it, and no bind was tried."
                    : port + " is free: a server can bind " + server
                            + (why.proof().isEmpty() ? ", by the rule." : " now.");
            return ink.green(free);
        }
        Holder holder = why.holders().isEmpty() ? null : why.holders().getFirst();
        String who =
                holder == null ? "something" : holder.process() == null ? null : HolderTable.name(holder.process());
        String by = who == null ? "a socket" : who;
        String cause = switch (why.verdict()) {
            case LISTENER -> by + (why.protocol() == Protocol.UDP ? " is bound to it." : " listens on it.");
            case BOUND_ONLY -> by + " has bound it, neither listening nor connected.";
            case CLIENT -> "a connection of " + (who == null ? "no known process" : who) + " has it.";
            case TIME_WAIT ->
                "a closed connection holds it"
                        + (holder == null || holder.expiresInMillis() == null
                                ? "."
                                : " for " + Figures.decimal(holder.expiresInMillis() / 1000.0) + " s more.");
            case EXCLUDED -> "the system refuses it to programs.";
            case BLOCKED_UNSEEN ->
                why.addressIsElsewhere()
                        ? why.address() + " is not an address of this host."
                        : "the bind fails, and what is in the way cannot be seen from here.";
            case ELSEWHERE -> "a bind succeeds, but traffic would not arrive here.";
            case FREE -> "";
        };
        return ink.red(port + " is not available: ") + cause;
    }

    private static void proof(Page page, Explanation why) {
        if (why.proof().isEmpty()) {
            page.prose("  proof", 7, INDENT, "none: no bind was tried");
        }
        String label = "  proof";
        for (Attempt attempt : why.proof()) {
            BindRequest request = attempt.request();
            String option = request.reuseAddress() ? " with SO_REUSEADDR: " : ": ";
            String line =
                    "bind " + new Endpoint(request.address(), request.port()) + option + result(attempt.outcome());
            page.prose(label, label.length(), INDENT, line);
            label = "";
        }
    }

    private static String result(BindOutcome outcome) {
        return switch (outcome) {
            case BindOutcome.Bound _ -> "succeeds";
            case BindOutcome.Refused refused ->
                refused.error().name() + " (" + refused.error().number() + ")";
            case BindOutcome.NotTried not -> "not tried, " + not.why();
        };
    }

    private static String range(Explanation why) {
        if (why.inDynamicRange() == null) {
            return "the dynamic range is unknown";
        }
        if (!why.inDynamicRange()) {
            return "outside the dynamic range: no client is given it";
        }
        return Boolean.TRUE.equals(why.reserved())
                ? "inside the dynamic range, and reserved: no client is given it"
                : "inside the dynamic range and not reserved: any client may be given it";
    }

    private static void fixes(Page page, Explanation why) {
        if (why.fixes().isEmpty()) {
            return;
        }
        page.blank().line(page.ink().bold("Ways out"));
        int number = 1;
        for (Fix fix : why.fixes()) {
            page.prose("  " + number, 3, 4, Escaped.text(fix.summary()) + " (" + risk(fix) + ")");
            if (fix.command() != null) {
                page.line("      " + page.ink().cyan(Escaped.text(fix.command())));
            }
            number++;
        }
    }

    private static String risk(Fix fix) {
        return (fix.risk() == Fix.Risk.NONE ? "no risk" : fix.risk().label() + " risk")
                + (fix.persistent() ? ", lasts over restarts" : "");
    }
}
