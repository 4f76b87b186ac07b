package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that may include others.
 *
 * @param keys by the key that includes, in lower case: what of the named place is read, such as {@code /*.cnf} of a
 *     directory, or nothing more where it names files
 * @param base the directory that names are relative to, or null where that is the including file's own
 */
record Inclusion(
        Syntax syntax, Map<String, String> keys, @Nullable String base) {
    private static final int DEEPEST = 16;

    static Inclusion none(Syntax syntax) {
        return new Inclusion(syntax, Map.of(), null);
    }

    /** What {@code file} says, and what it includes says, each in its place; null where there is no such file. */
    @Nullable
    List<Statement> statements(ConfigurationFiles files, String file) {
        var all = new ArrayList<Statement>();
        return read(files, file, new HashSet<>(), all) ? all : null;
    }

    private boolean read(ConfigurationFiles files, String file, Set<String> open, List<Statement> all) {
        if (open.size() >= DEEPEST || !open.add(file)) {
            return false;
        }
        String text = files.text(file);
        if (text != null) {
            for (Statement statement : syntax.statements(file, text)) {
                String key = statement.key().toLowerCase(Locale.ROOT);
                String rest = keys.get(key.substring(key.lastIndexOf('.') + 1));
                if (rest == null) {
                    all.add(statement);
                } else {
                    for (String included : included(files, statement, rest)) {
                        read(files, included, open, all);
                    }
                }
            }
        }
        open.remove(file);
        return text != null;
    }

    private List<String> included(ConfigurationFiles files, Statement statement, String rest) {
        var paths = new ArrayList<String>();
        for (String word : statement.words()) {
            String place = word.endsWith("/") ? word + "*" : word + rest;
            String directory = base == null ? parent(statement.file()) : base;
            paths.addAll(files.matching(place.startsWith("/") ? place : directory + "/" + place));
        }
        return paths;
    }

    static String parent(String file) {
        return file.substring(0, Math.max(0, file.lastIndexOf('/')));
    }
}
