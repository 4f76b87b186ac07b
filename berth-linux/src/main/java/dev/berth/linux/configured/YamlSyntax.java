package dev.berth.linux.configured;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of YAML that server configuration is written in: keys below keys, and lists. Keys are joined by dots, so that
 * {@code net:} with {@code port: 1} below it, and {@code net.port: 1}, say the same; an item of a list has its list's key.
 */
final class YamlSyntax {
    private static final Pattern PAIR =
            Pattern.compile("( *)(- +)?([^\\s#:\"'{\\[][^\\s:\"]{0,99}) *:(?: +(.*))?", Pattern.DOTALL);
    private static final Pattern ITEM = Pattern.compile("( *)- +(.*)", Pattern.DOTALL);

    private record Parent(int indent, String path) {}

    private YamlSyntax() {}

    static List<Statement> parse(String file, String text) {
        var statements = new ArrayList<Statement>();
        Deque<Parent> parents = new ArrayDeque<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher pair = PAIR.matcher(line);
            Matcher item = ITEM.matcher(line);
            if (pair.matches()) {
                String dash = pair.group(2) == null ? "" : pair.group(2);
                int indent = pair.group(1).length() + dash.length();
                String path = below(parents, indent) + pair.group(3);
                parents.push(new Parent(indent, path + "."));
                String value = pair.group(4);
                if (value != null && !LineSyntax.value(value).isEmpty()) {
                    statements.add(new Statement(file, number, path, LineSyntax.value(value)));
                }
            } else if (item.matches()) {
                String list = below(parents, item.group(1).length() + 1); // a list may stand as far out as its key
                if (!list.isEmpty()) {
                    statements.add(new Statement(
                            file, number, list.substring(0, list.length() - 1), LineSyntax.value(item.group(2))));
                }
            }
        }
        return statements;
    }

    /** The path of what a line at {@code indent} stands below, with a dot at its end. */
    private static String below(Deque<Parent> parents, int indent) {
        for (Parent last; (last = parents.peek()) != null && last.indent() >= indent; ) {
            parents.pop();
        }
        Parent parent = parents.peek();
        return parent == null ? "" : parent.path();
    }
}
