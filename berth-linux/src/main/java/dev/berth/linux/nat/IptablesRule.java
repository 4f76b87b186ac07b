package dev.berth.linux.nat;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.NatRules.Destination;
import dev.berth.platform.NatRules.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule in the words of iptables(8) and iptables-extensions(8). */
final class IptablesRule {
    /** Matches whose every condition is an option of its own. */
    private static final Set<String> SAY_ALL_IN_OPTIONS =
            Set.of("tcp", "udp", "comment", "multiport", "addrtype", "iprange", "conntrack");

    /** Matches that may be about ports, in a way that only the kernel understands. */
    private static final Set<String> MAY_KNOW_PORTS = Set.of("set", "bpf", "u32", "string");

    /** What targets do beside deciding where traffic goes. */
    private static final Set<String> GO_ON = Set.of(
            "MARK", "CONNMARK", "LOG", "NFLOG", "TRACE", "SNAT", "MASQUERADE", "SET", "TCPMSS", "TOS", "DSCP", "AUDIT");

    private final List<String> words;
    private int at;
    private Conditions conditions = Conditions.NONE;
    private String target = "";
    private boolean goes;
    private final List<String> to = new ArrayList<>();

    private IptablesRule(List<String> words) {
        this.words = words;
    }

    /**
     * Reads the words after the chain's name; null for a rule that neither sends traffic elsewhere nor keeps it from later
     * ones.
     */
    static @Nullable Step read(List<String> words, String text) {
        var rule = new IptablesRule(words);
        while (rule.at < words.size()) {
            rule.readOption();
        }
        Verdict verdict = rule.verdict();
        return verdict == null ? null : new Step(rule.conditions, verdict, text);
    }

    private void readOption() {
        boolean not = words.get(at).equals("!");
        at += not ? 1 : 0;
        String option = next();
        switch (option) {
            case "-p", "--protocol" -> and(protocols(next(), not));
            case "-d", "--destination" -> and(destinations(next(), not));
            case "--dst-range" -> and(range(next(), not));
            case "--dport", "--dports", "--destination-port", "--destination-ports" -> and(ports(next(), not));
            case "--ctorigdstport" -> and(ports(next(), not)); // as it was before translation, which is still to come
            case "--ctreplsrcport" -> andUnclear(Conditions.SOME_PORTS); // answers come from where it goes
            case "--ports" -> andUnclear(Conditions.SOME_PORTS); // source or destination
            case "--dst-type" -> and(destinationType(next(), not));
            case "-m", "--match" -> match(next());
            case "--comment" -> next();
            case "-j", "--jump" -> target = next();
            case "-g", "--goto" -> {
                target = next();
                goes = true;
            }
            case "--to-destination", "--to-ports", "--to-port", "--to" -> to.add(next());
            case "--random", "--persistent", "--random-fully" -> {} // of the target: where among several
            default -> {
                if (target.isEmpty()) { // a condition; after -j come options of the target
                    andUnclear(Conditions.SOME_OTHER);
                }
            }
        }
    }

    private void and(Conditions more) {
        conditions = conditions.and(more);
    }

    /** A condition that Berth does not read, up to the next option. */
    private void andUnclear(Conditions unclear) {
        and(unclear);
        while (at < words.size()
                && !words.get(at).startsWith("-")
                && !words.get(at).equals("!")) {
            at++;
        }
    }

    private String next() {
        return at < words.size() ? words.get(at++) : "";
    }

    private void match(String name) {
        if (MAY_KNOW_PORTS.contains(name)) {
            and(Conditions.SOME_PORTS);
        } else if (!SAY_ALL_IN_OPTIONS.contains(name)) {
            and(Conditions.SOME_OTHER);
        }
    }

    private static Conditions protocols(String name, boolean not) {
        Set<Protocol> named = switch (name) {
            case "all", "0" -> Set.of(Protocol.values());
            case "tcp", "6" -> Set.of(Protocol.TCP);
            case "udp", "17" -> Set.of(Protocol.UDP);
            default -> Set.of();
        };
        if (!not) {
            return Conditions.of(named);
        }
        var rest = new ArrayList<>(List.of(Protocol.values()));
        rest.removeAll(named);
        return Conditions.of(Set.copyOf(rest));
    }

    private static Conditions destinations(String text, boolean not) {
        var blocks = new ArrayList<Destination>();
        for (String part : text.split(",", -1)) {
            Destination block = Blocks.parse(part);
            if (block == null) {
                return Conditions.SOME_OTHER;
            }
            blocks.add(block);
        }
        return Conditions.of(not ? Destinations.except(blocks) : Destinations.among(blocks));
    }

    private static Conditions range(String text, boolean not) {
        int dash = text.indexOf('-');
        List<Destination> blocks = dash < 0
                ? null
                : Blocks.ofRange(Blocks.address(text.substring(0, dash)), Blocks.address(text.substring(dash + 1)));
        if (blocks == null) {
            return Conditions.SOME_OTHER;
        }
        return Conditions.of(not ? Destinations.except(blocks) : Destinations.among(blocks));
    }

    /** {@code 80}, {@code 80:90}, {@code :90}, or several, by commas. */
    private static Conditions ports(String text, boolean not) {
        var ranges = new ArrayList<PortRange>();
        for (String part : text.split(",", -1)) {
            PortRange range = portRange(part, ':');
            if (range == null) {
                return Conditions.SOME_PORTS;
            }
            ranges.add(range);
        }
        PortSet ports = PortSet.of(ranges);
        return Conditions.of(not ? Conditions.allBut(ports) : ports);
    }

    private static @Nullable PortRange portRange(String text, char between) {
        int middle = text.indexOf(between);
        String first = middle < 0 ? text : text.substring(0, middle);
        String last = middle < 0 ? text : text.substring(middle + 1);
        try {
            return new PortRange(
                    first.isEmpty() ? 1 : Math.max(1, Integer.parseInt(first)),
                    last.isEmpty() ? PortRange.ALL.last() : Integer.parseInt(last));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** LOCAL is every address of this host, which is all that Berth asks about. */
    private static Conditions destinationType(String type, boolean not) {
        boolean local = List.of(type.split(",", -1)).contains("LOCAL");
        return local == not ? Conditions.NEVER : Conditions.NONE;
    }

    private @Nullable Verdict verdict() {
        return switch (target) {
            case "DNAT" -> new Verdict.Send(to.size() == 1 ? destination(to.getFirst()) : several());
            case "REDIRECT" -> new Verdict.Send(redirection(to.isEmpty() ? "" : to.getFirst()));
            case "NETMAP" -> new Verdict.Send(several());
            case "ACCEPT", "DROP", "QUEUE", "NFQUEUE", "REJECT" -> new Verdict.End();
            case "RETURN" -> new Verdict.Return();
            case "" -> null;
            default -> GO_ON.contains(target) ? null : new Verdict.Call(target, !goes);
        };
    }

    private Target several() {
        return new Target.Open((target.toLowerCase(Locale.ROOT) + " to " + String.join(", ", to)).strip());
    }

    /** {@code 10.0.0.1}, {@code 10.0.0.1:80}, {@code [fd00::1]:80}, {@code :80}; ranges are not one place. */
    private Target destination(String text) {
        int close = text.indexOf(']');
        int colon = close >= 0 || text.indexOf(':') == text.lastIndexOf(':') ? text.indexOf(':', close + 1) : -1;
        String host = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        IpAddress address = Blocks.address(bracketed ? host.substring(1, host.length() - 1) : host);
        int port = colon < 0 ? 0 : onePort(text.substring(colon + 1));
        if (port < 0) {
            return several();
        }
        if (address == null) {
            return host.isEmpty() ? new Target.Open("port " + port) : several();
        }
        return new Target.At(address, port);
    }

    private Target redirection(String ports) {
        int port = ports.isEmpty() ? 0 : onePort(ports);
        return port < 0 ? several() : new Target.ThisHost(port);
    }

    /** -1 for a range. */
    private static int onePort(String text) {
        PortRange range = portRange(text, '-');
        return range != null && range.size() == 1 && !text.isEmpty() ? range.first() : -1;
    }
}
