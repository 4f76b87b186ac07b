package dev.berth.diagnosis.explain;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads comma-separated values as RFC 4180 has them; the first row names the columns. */
final class Csv {
    private Csv() {}

    static List<Map<String, String>> rows(String text) {
        List<List<String>> all = fields(text);
        List<String> names = all.removeFirst();
        return all.stream().map(row -> named(names, row)).toList();
    }

    private static Map<String, String> named(List<String> names, List<String> row) {
        if (row.size() != names.size()) {
            throw new IllegalArgumentException(row.size() + " fields, want " + names.size() + ": " + row);
        }
        var named = new LinkedHashMap<String, String>();
        for (int i = 0; i < row.size(); i++) {
            named.put(names.get(i), row.get(i));
        }
        return named;
    }

    private static List<List<String>> fields(String text) {
        var rows = new ArrayList<List<String>>();
        var row = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (quoted && letter == '"' && text.startsWith("\"", i + 1)) {
                field.append(letter);
                i++;
            } else if (letter == '"') {
                quoted = !quoted;
            } else if (!quoted && (letter == ',' || letter == '\n')) {
                row.add(field.toString());
                field.setLength(0);
                if (letter == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            } else if (quoted || letter != '\r') {
                field.append(letter);
            }
        }
        return rows;
    }
}
