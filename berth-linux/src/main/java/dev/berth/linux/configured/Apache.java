package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Apache httpd: its {@code Listen} lines, those within {@code <IfModule>} only where a line before them loads that module.
 *
 * @param root the {@code ServerRoot}, which names of included files are relative to
 */
record Apache(String file, String root, String unit) implements Product {
    @Override
    public void find(ConfigurationFiles files, UnitFiles units, Found found) {
        var including = new Inclusion(LineSyntax::parse, Map.of("include", "", "includeoptional", ""), root);
        List<Statement> statements = including.statements(files, file);
        if (statements == null) {
            return;
        }
        UnitState state = units.find(List.of(unit));
        Set<String> loaded = new HashSet<>();
        Deque<Boolean> conditions = new ArrayDeque<>(); // of the <IfModule> and <IfDefine> around a line
        for (Statement statement : statements) {
            String key = statement.key().toLowerCase(Locale.ROOT);
            String[] words = statement.words();
            String first = words.length == 0 ? "" : words[0];
            switch (key) {
                case "loadmodule" -> loaded.add(first);
                case "<ifmodule" -> conditions.push(isLoaded(first, loaded));
                case "<ifdefine" ->
                    conditions.push(first.startsWith("!")); // nothing is, unless the command line says so
                case "</ifmodule>", "</ifdefine>" -> conditions.poll();
                case "listen" -> {
                    if (!conditions.contains(false)) {
                        found.add("Apache httpd", Protocol.TCP, ListenPoint.parse(first), state, statement.source());
                    }
                }
                default -> {}
            }
        }
    }

    /** Modules go by {@code ssl_module}, and by the file they are compiled from, {@code mod_ssl.c}. */
    private static boolean isLoaded(String condition, Set<String> loaded) {
        boolean negated = condition.startsWith("!");
        String name = condition.substring(negated ? 1 : 0).replace(">", "");
        String module = name.startsWith("mod_") && name.endsWith(".c")
                ? name.substring(4, name.length() - 2) + "_module"
                : name;
        return loaded.contains(module) != negated;
    }
}
