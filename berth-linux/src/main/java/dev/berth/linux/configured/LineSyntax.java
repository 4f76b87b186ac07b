package dev.berth.linux.configured;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A statement a line: {@code key value}, {@code key = value}, {@code NAME="value"}; after a line {@code [section]}, the key
 * is {@code section.key}. A backslash at the end of a line joins it with the next.
 */
final class LineSyntax {
    private static final Pattern SECTION = Pattern.compile("\\[([^\\]]*)\\]");
    private static final Pattern STATEMENT =
            Pattern.compile("(?:export\\s+)?([^\\s=]+)(?:\\s*=\\s*|\\s+|$)(.*)", Pattern.DOTALL);
    private static final Pattern REMARK = Pattern.compile("\\s[#;].*", Pattern.DOTALL);

    private LineSyntax() {}

    static List<Statement> parse(String file, String text) {
        var statements = new ArrayList<Statement>();
        String section = "";
        var begun = new StringBuilder();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String plain = line.strip();
            if (plain.startsWith("#") || plain.startsWith(";")) {
                continue;
            }
            if (plain.endsWith("\\")) {
                begun.append(plain, 0, plain.length() - 1).append(' ');
                continue;
            }
            plain = begun.append(plain).toString();
            begun.setLength(0);
            Matcher heading = SECTION.matcher(plain);
            if (heading.matches()) {
                section = heading.group(1).strip() + ".";
                continue;
            }
            Matcher statement = STATEMENT.matcher(plain);
            if (statement.matches()) {
                statements.add(new Statement(file, number, section + statement.group(1), value(statement.group(2))));
            }
        }
        return statements;
    }

    /** What is between quotes where it begins with one, else all up to a remark. */
    static String value(String text) {
        String value = text.strip();
        if (value.startsWith("\"") || value.startsWith("'")) {
            int close = value.indexOf(value.charAt(0), 1);
            if (close > 0) {
                return value.substring(1, close);
            }
        }
        return REMARK.matcher(value).replaceFirst("").strip();
    }
}
