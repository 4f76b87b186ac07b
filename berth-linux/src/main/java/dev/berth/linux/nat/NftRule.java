package dev.berth.linux.nat;

import dev.berth.net.IpAddress;
import dev.berth.platform.NatRules.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One rule in the words of libnftables-json(5), as steps: several where it looks something up in a map. */
final class NftRule {
    /** Statements that neither narrow nor decide. */
    private static final Set<String> GO_ON = Set.of(
            "counter", "log", "mangle", "masquerade", "snat", "comment", "continue", "notrack", "ct helper", "set");

    /** Targets of x_tables that change where traffic goes; nft does not tell where to. */
    private static final Set<String> FOREIGN_NAT = Set.of("DNAT", "REDIRECT", "NETMAP");

    private final Map<String, List<Json>> sets;
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private List<Conditions> ways = List.of(Conditions.NONE);

    private NftRule(Map<String, List<Json>> sets, String text) {
        this.sets = sets;
        this.text = text;
    }

    /** @param sets the elements of the sets and maps of its table, by name */
    static List<Step> read(List<Json> expressions, Map<String, List<Json>> sets) {
        var rule = new NftRule(sets, NftText.of(expressions));
        for (Json expression : expressions) {
            String kind = expression.kind();
            rule.read(kind, expression.at(kind));
        }
        return rule.steps;
    }

    private void read(String kind, Json body) {
        switch (kind) {
            case "match" -> narrow(NftMatch.read(body.at("op").text(), body.at("left"), values(body.at("right"))));
            case "vmap" -> lookUp(body.at("key"), body.at("data"));
            case "dnat" -> nat(body);
            case "redirect" -> send(Conditions.NONE, redirection(body.at("port")));
            case "xt" -> foreign(body);
            default -> {
                Verdict verdict = verdict(kind, body);
                if (verdict != null) {
                    add(Conditions.NONE, verdict);
                } else if (!GO_ON.contains(kind)) {
                    narrow(List.of(NftMatch.unclear(body)));
                }
            }
        }
    }

    private static @Nullable Verdict verdict(String kind, Json body) {
        return switch (kind) {
            case "accept", "drop", "reject", "queue" -> new Verdict.End();
            case "return" -> new Verdict.Return();
            case "jump" -> new Verdict.Call(body.at("target").text(), true);
            case "goto" -> new Verdict.Call(body.at("target").text(), false);
            default -> null;
        };
    }

    private void narrow(List<Conditions> more) {
        var both = new ArrayList<Conditions>();
        for (Conditions way : ways) {
            for (Conditions one : more) {
                both.add(way.and(one));
            }
        }
        ways = both;
    }

    private void add(Conditions more, Verdict verdict) {
        for (Conditions way : ways) {
            steps.add(new Step(way.and(more), verdict, text));
        }
    }

    private void send(Conditions more, Target target) {
        add(more, new Verdict.Send(target));
    }

    /** A set's elements: of one without a name, of one by name, or the value alone; null for a name nobody knows. */
    private @Nullable List<Json> values(Json right) {
        if (right.kind().equals("set")) {
            return right.at("set").items();
        }
        return right.text().startsWith("@") ? sets.get(right.text().substring(1)) : right.items();
    }

    private void lookUp(Json key, Json data) {
        List<Json> elements = values(data);
        if (elements == null) {
            send(Conditions.SOME_PORTS, new Target.Open(text)); // a map that is not told may send anything anywhere
            return;
        }
        for (Json element : elements) {
            List<Json> pair = element.items();
            if (pair.size() == 2) {
                Json body = pair.getLast();
                Verdict verdict = verdict(body.kind(), body.at(body.kind()));
                if (verdict != null) {
                    add(NftMatch.key(key, pair.getFirst()), verdict);
                }
            }
        }
    }

    private void nat(Json body) {
        Json family = body.at("family");
        if (!family.isNothing()) {
            narrow(List.of(family.text().equals("ip6") ? Conditions.V6 : Conditions.V4));
        }
        Json address = body.at("addr");
        Json key = address.at("map").at("key");
        List<Json> elements = key.isNothing() ? null : values(address.at("map").at("data"));
        if (key.isNothing()) {
            send(Conditions.NONE, target(address, body.at("port")));
        } else if (elements == null) {
            send(Conditions.SOME_PORTS, new Target.Open(text));
        } else {
            for (Json element : elements) {
                List<Json> pair = element.items();
                if (pair.size() == 2) {
                    send(NftMatch.key(key, pair.getFirst()), mapped(pair.getLast(), body.at("port")));
                }
            }
        }
    }

    /** The value of a map: an address, or an address and a port. */
    private Target mapped(Json value, Json port) {
        List<Json> parts = value.at("concat").items();
        return parts.size() == 2 ? target(parts.getFirst(), parts.getLast()) : target(value, port);
    }

    private Target target(Json address, Json port) {
        IpAddress to = Blocks.address(address.text());
        if (to == null) {
            return new Target.Open(text);
        }
        if (port.isNothing()) {
            return new Target.At(to, 0);
        }
        return port instanceof Json.Whole(long number) && isPort(number)
                ? new Target.At(to, (int) number)
                : new Target.Open(text);
    }

    private Target redirection(Json port) {
        if (port.isNothing()) {
            return new Target.ThisHost(0);
        }
        return port instanceof Json.Whole(long number) && isPort(number)
                ? new Target.ThisHost((int) number)
                : new Target.Open(text);
    }

    private static boolean isPort(long number) {
        return 0 < number && number <= 65_535;
    }

    private void foreign(Json body) {
        String name = body.at("name").text();
        if (name.equals("comment")) {
            return;
        }
        if (!body.at("type").text().equals("target")) {
            narrow(List.of(Conditions.SOME_PORTS)); // multiport is such a match
        } else if (FOREIGN_NAT.contains(name)) {
            send(Conditions.NONE, new Target.Open(name));
        }
    }
}
