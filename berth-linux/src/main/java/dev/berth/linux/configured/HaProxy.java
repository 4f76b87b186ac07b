package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** HAProxy: its {@code bind} lines, the ports of {@code stats socket}, and addresses after the name of a section. */
final class HaProxy implements Product {
    private static final Set<String> NOT_TCP = Set.of("unix", "uxst", "uxdg", "abns", "abnsz", "fd", "sockpair");
    private static final Pattern FAMILY = Pattern.compile("([a-z0-9+]+)@(.*)", Pattern.DOTALL);

    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        UnitState unit = units.find(List.of("haproxy.service"));
        for (String pattern : List.of("/etc/haproxy/haproxy.cfg", "/etc/haproxy/conf.d/*.cfg")) {
            for (String file : files.matching(pattern)) {
                List<Statement> statements = Inclusion.none(LineSyntax::parse).statements(files, file);
                for (Statement statement : statements == null ? List.<Statement>of() : statements) {
                    tell(statement, unit, found);
                }
            }
        }
    }

    private static void tell(Statement statement, @Nullable UnitState unit, Found found) {
        String[] words = statement.words();
        String places = switch (statement.key().toLowerCase(Locale.ROOT)) {
            case "bind", "dgram-bind" -> words.length > 0 ? words[0] : "";
            case "frontend", "listen" -> words.length > 1 ? words[1] : "";
            case "stats" -> words.length > 1 && words[0].equals("socket") ? words[1] : "";
            default -> "";
        };
        for (String place : places.split(",", -1)) {
            String family = "";
            var named = FAMILY.matcher(place);
            if (named.matches()) {
                family = named.group(1);
                place = named.group(2);
            }
            boolean datagrams =
                    statement.isAbout("dgram-bind") || family.startsWith("udp") || family.startsWith("quic");
            if (!NOT_TCP.contains(family)) {
                found.add(
                        "HAProxy",
                        datagrams ? Protocol.UDP : Protocol.TCP,
                        ListenPoint.parse(place),
                        unit,
                        statement.source());
            }
        }
    }
}
