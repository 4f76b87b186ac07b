package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Postfix: the {@code inet} services of master(5), whose ports may be names of {@code /etc/services}. */
final class Postfix implements Product {
    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        String file = "/etc/postfix/master.cf";
        List<Statement> statements = Inclusion.none(LineSyntax::parse).statements(files, file);
        if (statements == null) {
            return;
        }
        UnitState unit = units.find(List.of("postfix.service"));
        Map<String, String> ports = ports(files);
        for (Statement statement : statements) {
            if (statement.words().length > 0 && statement.words()[0].equals("inet")) {
                String place = statement.key();
                int name = place.lastIndexOf(':') + 1;
                String port = place.substring(name);
                String point = place.substring(0, name) + ports.getOrDefault(port, port);
                found.add("Postfix", Protocol.TCP, ListenPoint.parse(point), unit, statement.source());
            }
        }
    }

    /** By name and alias: services(5). */
    private static Map<String, String> ports(ConfigurationFiles files) {
        var ports = new HashMap<String, String>();
        String text = files.text("/etc/services");
        for (Statement line : LineSyntax.parse("/etc/services", text == null ? "" : text)) {
            String[] words = line.words();
            if (words.length > 0 && words[0].endsWith("/tcp")) {
                String port = words[0].substring(0, words[0].length() - "/tcp".length());
                ports.putIfAbsent(line.key(), port);
                for (int i = 1; i < words.length; i++) {
                    ports.putIfAbsent(words[i], port);
                }
            }
        }
        return ports;
    }
}
