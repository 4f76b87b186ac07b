package dev.berth.diagnosis;

import dev.berth.net.Protocol;
import dev.berth.platform.NatRules.Target;
import dev.berth.platform.NetworkNamespace;
import java.util.List;

/**
 * Where the traffic of a port goes instead of to a socket that binds it.
 *
 * @param namespaces those of this host that have the address it goes to: none where it is another machine's or could not be
 *     looked for, several where networks use the same addresses
 * @param receivers who listens there
 */
public record Elsewhere(Redirection redirection, List<NetworkNamespace> namespaces, List<Holder> receivers) {
    public Elsewhere {
        namespaces = List.copyOf(namespaces);
        receivers = List.copyOf(receivers);
    }

    /** Whether nothing of that traffic comes to this host, and not only what meets more conditions or other addresses. */
    public boolean isWhole() {
        return redirection.everyAddress() && !redirection.rule().otherConditions();
    }

    /** What the rule does to traffic for the port, and by which rule; without a full stop. */
    public String sentence(Protocol protocol, int port) {
        var rule = redirection.rule();
        String traffic = switch (rule.traffic()) {
            case ARRIVING -> "the traffic that arrives for ";
            case OWN -> "what programs here send to ";
        };
        String to = switch (rule.target()) {
            case Target.At _ -> "to " + redirection.target(port).orElseThrow() + receiver();
            case Target.ThisHost(int toPort) -> "to port " + toPort + " of this host";
            case Target.Open(String text) -> "elsewhere (" + text + ")";
        };
        return "a NAT rule sends " + (isWhole() ? "" : "some of ") + traffic + protocol.label() + " " + port + " " + to
                + ": " + rule.text() + " (" + rule.source() + ")";
    }

    private String receiver() {
        if (namespaces.size() > 1) {
            return " (" + namespaces.size()
                    + " network namespaces have that address, and which one gets it is not known)";
        }
        if (receivers.isEmpty()) {
            return namespaces.isEmpty()
                    ? ""
                    : ", in network namespace " + namespaces.getFirst() + ", where nobody listens";
        }
        Holder first = receivers.getFirst();
        String who = first.process() == null
                ? "a listener"
                : first.process().name() + " (pid " + first.process().pid() + ")";
        return ", where " + who + " listens in network namespace " + first.netns();
    }
}
