package dev.berth.linux.nat;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.NatRules.Destination;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a field of a packet must be, in the words of libnftables-json(5). */
final class NftMatch {
    private static final Map<String, Protocol> PROTOCOLS =
            Map.of("tcp", Protocol.TCP, "6", Protocol.TCP, "udp", Protocol.UDP, "17", Protocol.UDP);

    /** What a packet carries instead of TCP and UDP, in the words of a payload expression of nft(8). */
    private static final Set<String> NEITHER_TCP_NOR_UDP =
            Set.of("sctp", "dccp", "udplite", "icmp", "icmpv6", "igmp", "esp", "ah", "comp", "gre");

    private NftMatch() {}

    /**
     * The ways to meet a match.
     *
     * @param values what the right side is, with sets by name looked up; null where it is a set that nobody knows
     */
    static List<Conditions> read(String operator, Json field, @Nullable List<Json> values) {
        boolean not = operator.equals("!=");
        boolean plain = not || operator.equals("==") || operator.equals("in");
        if (values == null) {
            return List.of(unclear(field));
        }
        if (field.at("concat") instanceof Json.Items(List<Json> fields)) {
            return not || !plain
                    ? List.of(unclear(field))
                    : values.stream()
                            .map(value -> concatenated(field, fields, value))
                            .toList();
        }
        return List.of(plain ? one(field, values, not) : compared(operator, field, values));
    }

    /** The condition that a key of a map stands for. */
    static Conditions key(Json field, Json value) {
        return field.at("concat") instanceof Json.Items(List<Json> fields)
                ? concatenated(field, fields, value)
                : one(field, List.of(value), false);
    }

    /** What can be said of a condition on that field which Berth does not understand. */
    static Conditions unclear(Json field) {
        if (field.at("concat") instanceof Json.Items(List<Json> fields)) {
            return fields.stream().map(NftMatch::unclear).reduce(Conditions.NONE, Conditions::and);
        }
        if (NEITHER_TCP_NOR_UDP.contains(field.at("payload").at("protocol").text())) {
            return Conditions.NEVER;
        }
        boolean maybePorts = field.mentions("dport")
                || field.mentions("th") && !field.mentions("sport") // bytes by offset
                || field.mentions("proto-dst")
                || field.mentions("proto-src") && field.mentions("reply"); // answers come from where it goes
        return maybePorts ? Conditions.SOME_PORTS : Conditions.SOME_OTHER;
    }

    private static Conditions concatenated(Json field, List<Json> fields, Json value) {
        List<Json> parts = plain(value).at("concat").items();
        if (parts.size() != fields.size()) {
            return unclear(field);
        }
        Conditions all = Conditions.NONE;
        for (int i = 0; i < parts.size(); i++) {
            all = all.and(one(fields.get(i), List.of(parts.get(i)), false));
        }
        return all;
    }

    private static Conditions one(Json field, List<Json> values, boolean not) {
        Json payload = field.at("payload");
        String protocol = payload.at("protocol").text();
        String name = payload.at("field").text();
        if (name.equals("dport") && (PROTOCOLS.containsKey(protocol) || protocol.equals("th"))) {
            return ports(protocol, values, not);
        }
        if (isPortBeforeTranslation(field)) {
            return ports("th", values, not);
        }
        if (field.at("meta").at("key").text().equals("l4proto")
                || protocol.equals("ip") && name.equals("protocol")
                || protocol.equals("ip6") && name.equals("nexthdr")) {
            return protocols(values, not).and(familyOf(protocol));
        }
        if (name.equals("daddr") && (protocol.equals("ip") || protocol.equals("ip6"))) {
            return destinations(values, not).and(familyOf(protocol));
        }
        if (protocol.equals("ip") || protocol.equals("ip6")) {
            return unclear(field).and(familyOf(protocol));
        }
        Protocol of = PROTOCOLS.get(protocol);
        if (of != null) {
            return unclear(field).and(Conditions.of(Set.of(of)));
        }
        if (field.at("meta").at("key").text().equals("nfproto")) {
            return family(values, not);
        }
        return isTypeOfDestination(field) ? type(values, not) : unclear(field);
    }

    /** What connection tracking keeps of the first packet, which is the only one that NAT rules are asked about. */
    private static boolean isPortBeforeTranslation(Json field) {
        Json ct = field.at("ct");
        return ct.at("key").text().equals("proto-dst") && ct.at("dir").text().equals("original");
    }

    private static Conditions familyOf(String protocol) {
        return switch (protocol) {
            case "ip" -> Conditions.V4;
            case "ip6" -> Conditions.V6;
            default -> Conditions.NONE;
        };
    }

    private static Conditions ports(String protocol, List<Json> values, boolean not) {
        var ranges = new ArrayList<PortRange>();
        for (Json value : values) {
            PortRange range = portRange(plain(value));
            if (range == null) {
                return Conditions.SOME_PORTS;
            }
            ranges.add(range);
        }
        PortSet ports = PortSet.of(ranges);
        Conditions met = Conditions.of(not ? Conditions.allBut(ports) : ports);
        Protocol of = PROTOCOLS.get(protocol);
        return of == null ? met : met.and(Conditions.of(Set.of(of)));
    }

    private static @Nullable PortRange portRange(Json value) {
        List<Json> ends = value.kind().equals("range") ? value.at("range").items() : List.of(value, value);
        boolean numbers = ends.size() == 2
                && ends.getFirst() instanceof Json.Whole(long first)
                && ends.getLast() instanceof Json.Whole(long last)
                && 0 <= first
                && first <= last
                && 0 < last
                && last <= PortRange.ALL.last();
        return numbers ? new PortRange((int) Math.max(1, number(ends.getFirst())), (int) number(ends.getLast())) : null;
    }

    private static long number(Json value) {
        return value instanceof Json.Whole(long number) ? number : 0;
    }

    private static Conditions compared(String operator, Json field, List<Json> values) {
        boolean port = field.at("payload").at("field").text().equals("dport") || isPortBeforeTranslation(field);
        if (!port || values.size() != 1 || !(values.getFirst() instanceof Json.Whole(long limit))) {
            return unclear(field);
        }
        long first = switch (operator) {
            case ">" -> limit + 1;
            case ">=" -> limit;
            default -> 1;
        };
        long last = switch (operator) {
            case "<" -> limit - 1;
            case "<=" -> limit;
            default -> PortRange.ALL.last();
        };
        if (first > last) {
            return Conditions.NEVER;
        }
        boolean known = Set.of("<", "<=", ">", ">=").contains(operator);
        var range =
                new Json.Fields(Map.of("range", new Json.Items(List.of(new Json.Whole(first), new Json.Whole(last)))));
        return known ? one(field, List.of(range), false) : unclear(field);
    }

    private static Conditions protocols(List<Json> values, boolean not) {
        var named = EnumSet.noneOf(Protocol.class);
        for (Json value : values) {
            Protocol protocol = PROTOCOLS.get(plain(value).toString());
            if (protocol != null) {
                named.add(protocol);
            }
        }
        return Conditions.of(Set.copyOf(not ? EnumSet.complementOf(named) : named));
    }

    private static Conditions destinations(List<Json> values, boolean not) {
        var blocks = new ArrayList<Destination>();
        for (Json value : values) {
            List<Destination> some = blocks(plain(value));
            if (some == null) {
                return Conditions.SOME_OTHER;
            }
            blocks.addAll(some);
        }
        return Conditions.of(not ? Destinations.except(blocks) : Destinations.among(blocks));
    }

    private static @Nullable List<Destination> blocks(Json value) {
        return switch (value.kind()) {
            case "prefix" -> {
                long length = number(value.at("prefix").at("len"));
                yield single(Blocks.parse(value.at("prefix").at("addr").text() + "/" + length));
            }
            case "range" -> {
                List<Json> ends = value.at("range").items();
                yield ends.size() != 2
                        ? null
                        : Blocks.ofRange(
                                Blocks.address(ends.getFirst().text()),
                                Blocks.address(ends.getLast().text()));
            }
            default -> single(Blocks.parse(value.text()));
        };
    }

    private static @Nullable List<Destination> single(@Nullable Destination block) {
        return block == null ? null : List.of(block);
    }

    private static Conditions family(List<Json> values, boolean not) {
        boolean v4 = values.stream().anyMatch(value -> plain(value).text().equals("ipv4"));
        boolean v6 = values.stream().anyMatch(value -> plain(value).text().equals("ipv6"));
        if (v4 == v6) {
            return Conditions.SOME_OTHER;
        }
        return v4 == not ? Conditions.V6 : Conditions.V4;
    }

    private static boolean isTypeOfDestination(Json field) {
        Json fib = field.at("fib");
        return fib.at("result").text().equals("type") && fib.at("flags").mentions("daddr");
    }

    /** Local is every address of this host, which is all that Berth asks about. */
    private static Conditions type(List<Json> values, boolean not) {
        boolean local = values.stream().anyMatch(value -> plain(value).text().equals("local"));
        return local == not ? Conditions.NEVER : Conditions.NONE;
    }

    /** An element without its counter, timeout and remark. */
    static Json plain(Json element) {
        return element.kind().equals("elem") ? element.at("elem").at("val") : element;
    }
}
