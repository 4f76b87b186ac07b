package dev.berth.cli.screen;

import dev.berth.diagnosis.suggest.Objection;
import dev.berth.diagnosis.suggest.Suggestions;
import dev.berth.diagnosis.suggest.Suggestions.Suggestion;
import dev.berth.net.RegisteredPorts;

/** The answer of {@code berth suggest}: a line for each port, the port first, then what speaks against the wished one. */
public final class SuggestScreen {
    private static final int INDENT = 7; // five digits and two blanks

    private SuggestScreen() {}

    public static void print(Page page, Suggestions suggestions) {
        for (Suggestion one : suggestions.ports()) {
            String port = Integer.toString(one.port());
            page.prose(page.ink().green(port), port.length(), INDENT, why(one, suggestions));
        }
        if (suggestions.ports().isEmpty()) {
            page.prose(0, page.ink().red("No port can be suggested:") + " " + none(suggestions));
        }
        if (suggestions.ports().stream().anyMatch(Suggestion::inDynamicRange)) {
            page.blank().prose(0, page.ink().yellow("Reserve first:") + " " + noneOutside(suggestions));
        }
        Objection objection = suggestions.objection();
        boolean suggested = suggestions.ports().stream().anyMatch(one -> one.port() == suggestions.near());
        if (objection != null && !suggested) {
            page.blank().prose(0, suggestions.near() + " itself is not suggested: " + against(objection));
        }
        FixList.print(page, "Before the server starts", suggestions.fixes());
        page.gaps(suggestions.gaps());
    }

    private static String why(Suggestion one, Suggestions suggestions) {
        return "on " + suggestions.protocol().label() + ": "
                + (one.bindable() == null ? "nothing holds it, " : "a server can bind it now, ")
                + "no known service uses it, "
                + (one.inDynamicRange()
                        ? "but it lies in the dynamic range"
                        : "and no client is given it (the dynamic range is " + suggestions.dynamic() + ")");
    }

    private static String noneOutside(Suggestions suggestions) {
        return "the dynamic range " + suggestions.dynamic()
                + " leaves no safe port outside it, so a client may be given what is suggested here.";
    }

    private static String none(Suggestions suggestions) {
        return "every port that nobody uses is reserved, excluded, redirected by a NAT rule, or refused by the system to a server at "
                + suggestions.address() + ".";
    }

    private static String against(Objection objection) {
        return switch (objection.reason()) {
            case PRIVILEGED -> "it is one of the system ports below 1024, or only privileged programs may bind it.";
            case HELD -> "a socket is on it, of TCP or UDP.";
            case REGISTERED -> "it is known for " + objection.service() + ".";
            case RESERVED -> "it is kept from automatic choice, so somebody has plans for it.";
            case EXCLUDED -> "the system refuses it to programs.";
            case NODE_PORT ->
                "Kubernetes gives " + RegisteredPorts.NODE_PORTS + " to its services unless told otherwise.";
            case DYNAMIC -> "it is in the dynamic range, now or after the next start: any client may be given it.";
            case REDIRECTED -> "a NAT rule sends traffic for it elsewhere before a server here sees it.";
            case REFUSED -> "the system refuses a bind, and no table says why.";
        };
    }
}
