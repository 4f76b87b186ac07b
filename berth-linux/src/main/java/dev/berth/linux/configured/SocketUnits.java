package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The sockets that systemd opens for services: systemd.socket(5). */
final class SocketUnits implements Product {
    private record Line(Protocol protocol, Statement statement) {}

    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        List<String> names = units.names(".socket");
        Set<String> aliases = aliases(names, units);
        for (String name : names) {
            UnitState unit = units.find(List.of(name));
            if (unit != null && !aliases.contains(name)) {
                for (Line line : listening(units.statements(name))) {
                    Statement said = line.statement();
                    found.add(name, line.protocol(), points(said.value(), name), unit, said.source());
                }
            }
        }
    }

    /** An alias is a link, which reads as a second file of the same content. */
    private static Set<String> aliases(List<String> names, UnitFiles units) {
        var aliases = new HashSet<String>();
        for (String name : names) {
            for (Statement statement : units.statements(name)) {
                if (statement.isAbout("Install.Alias")) {
                    for (String alias : statement.words()) {
                        if (!alias.equals(name) && said(units, alias).equals(said(units, name))) {
                            aliases.add(alias);
                        }
                    }
                }
            }
        }
        return aliases;
    }

    private static List<String> said(UnitFiles units, String name) {
        return units.statements(name).stream()
                .map(statement -> statement.key() + "=" + statement.value())
                .toList();
    }

    private static List<Line> listening(List<Statement> statements) {
        var lines = new ArrayList<Line>();
        boolean sctp = statements.stream()
                .anyMatch(said -> said.isAbout("Socket.SocketProtocol") && Objects.equals(said.value(), "sctp"));
        for (Statement statement : statements) {
            boolean stream = statement.isAbout("Socket.ListenStream");
            if ((stream || statement.isAbout("Socket.ListenDatagram")) && !sctp) {
                if (statement.value().isEmpty()) {
                    lines.clear(); // an empty assignment takes back what all ListenXXX= before it said
                } else {
                    lines.add(new Line(stream ? Protocol.TCP : Protocol.UDP, statement));
                }
            }
        }
        return lines;
    }

    private static List<ListenPoint> points(String value, String name) {
        if (value.startsWith("/") || value.startsWith("@") || value.startsWith("vsock:")) {
            return List.of();
        }
        int at = name.indexOf('@');
        String instance = at < 0 ? "" : name.substring(at + 1, Math.max(at + 1, name.lastIndexOf('.')));
        return ListenPoint.parse(value.replace("%i", instance).replace("%I", instance));
    }
}
