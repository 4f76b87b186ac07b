package dev.berth.linux.nat;

import dev.berth.net.Endpoint;
import dev.berth.platform.NatRules.Destination;
import dev.berth.platform.NatRules.Rule;
import dev.berth.platform.NatRules.Target;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rules as a line each: {@code arriving tcp 8080 to 0.0.0.0/0 -> 192.0.2.2:80}, with {@code some} where there is more. */
final class Told {
    private Told() {}

    static String recorded(String name) throws IOException {
        try (InputStream file = Told.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IOException("no " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String iptables(String name) throws IOException {
        return lines(
                Walk.through(IptablesSave.parse(recorded(name), "iptables")).rules());
    }

    static String nft(String name) throws IOException {
        return lines(Walk.through(NftJson.parse(recorded(name)).chains()).rules());
    }

    static String lines(List<Rule> rules) {
        return rules.stream().map(rule -> line(rule) + "\n").collect(Collectors.joining());
    }

    private static String line(Rule rule) {
        String protocols =
                rule.protocols().stream().sorted().map(one -> one.label()).collect(Collectors.joining("+"));
        String to = rule.destinations().stream().map(Told::block).collect(Collectors.joining(","));
        return (rule.otherConditions() ? "some " : "")
                + rule.traffic().name().toLowerCase(Locale.ROOT)
                + " " + protocols
                + " " + (rule.ports().isEmpty() ? "?" : rule.ports())
                + (to.isEmpty() ? "" : " to " + to)
                + " -> " + target(rule.target());
    }

    private static String target(Target target) {
        return switch (target) {
            case Target.At(var address, int port) ->
                port == 0 ? address.toString() : new Endpoint(address, port).toString();
            case Target.ThisHost(int port) -> "this host" + (port == 0 ? "" : ":" + port);
            case Target.Open(String text) -> "open: " + text;
        };
    }

    private static String block(Destination block) {
        int length = block.network().isV4() ? block.prefixLength() - 96 : block.prefixLength();
        return (block.negated() ? "!" : "") + block.network() + "/" + length;
    }
}
