package dev.berth.linux.configured;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * OpenSSH's server: sshd_config(5). Every {@code Port} counts, and every {@code ListenAddress}, which takes all the ports
 * unless it names one.
 */
final class Sshd implements Product {
    private static final String NAME = "OpenSSH";
    private static final String FILE = "/etc/ssh/sshd_config";
    private static final int DEFAULT_PORT = 22;

    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        var including = new Inclusion(LineSyntax::parse, Map.of("include", ""), "/etc/ssh");
        List<Statement> statements = including.statements(files, FILE);
        UnitState unit = units.find(List.of("ssh.service", "sshd.service"));
        if (statements == null) {
            return;
        }
        List<Statement> ports = about(statements, "Port");
        if (ports.isEmpty() && unit != null) {
            ports = List.of(new Statement(FILE + " (its default)", 0, "Port", Integer.toString(DEFAULT_PORT)));
        }
        List<Statement> addresses = about(statements, "ListenAddress");
        for (Statement address : addresses) {
            found.add(NAME, Protocol.TCP, points(address.words()[0], ports), unit, address.source());
        }
        for (Statement port : addresses.isEmpty() ? ports : List.<Statement>of()) {
            found.add(NAME, Protocol.TCP, ListenPoint.parse(port.value()), unit, port.source());
        }
    }

    private static List<Statement> about(List<Statement> statements, String key) {
        return statements.stream()
                .filter(statement -> statement.isAbout(key) && statement.words().length > 0)
                .toList();
    }

    private static List<ListenPoint> points(String place, List<Statement> ports) {
        IpAddress whole = ListenPoint.address(place);
        List<ListenPoint> withPort =
                whole == null && !ListenPoint.isEvery(place) ? ListenPoint.parse(place) : List.of();
        if (!withPort.isEmpty()) {
            return withPort;
        }
        var points = new ArrayList<ListenPoint>();
        for (Statement port : ports) {
            PortRange range = ListenPoint.ports(port.value());
            if (range != null) {
                points.add(new ListenPoint(range, whole));
            }
        }
        return points;
    }
}
