package dev.berth.windows.processes;

import dev.berth.platform.SecretMask;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The one string of a Windows command line, as programs in C take it apart: blanks part arguments outside of quotes, and a
 * backslash means itself unless a quote follows. See "Parsing C command-line arguments" of Microsoft's C++ reference.
 */
public final class CommandLine {
    private static final Pattern PLAIN = Pattern.compile("[^ \\t\"]+");
    private static final Pattern BACKSLASHES_BEFORE_QUOTE = Pattern.compile("(\\\\*)\"");
    private static final Pattern BACKSLASHES_AT_END = Pattern.compile("(\\\\+)$");

    private CommandLine() {}

    /** The same command line, with {@code ***} for each secret. */
    public static String masked(String line) {
        return join(SecretMask.maskEach(split(line)));
    }

    /** The line that comes apart into these arguments. */
    static String join(List<String> arguments) {
        return arguments.stream().map(CommandLine::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String argument) {
        if (PLAIN.matcher(argument).matches()) {
            return argument;
        }
        String escaped = BACKSLASHES_BEFORE_QUOTE.matcher(argument).replaceAll("$1$1\\\\\"");
        return '"' + BACKSLASHES_AT_END.matcher(escaped).replaceAll("$1$1") + '"';
    }

    static List<String> split(String line) {
        var arguments = new ArrayList<String>();
        var argument = new StringBuilder();
        boolean inside = false; // of an argument
        boolean quoted = false;
        int backslashes = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\') {
                backslashes++;
                inside = true;
                continue;
            }
            argument.repeat("\\", c == '"' ? backslashes / 2 : backslashes);
            boolean escaped = c == '"' && backslashes % 2 == 1;
            backslashes = 0;
            if (c == '"' && !escaped) {
                quoted = !quoted;
                inside = true;
            } else if (!quoted && (c == ' ' || c == '\t')) {
                if (inside) {
                    arguments.add(argument.toString());
                    argument.setLength(0);
                }
                inside = false;
            } else {
                argument.append(c);
                inside = true;
            }
        }
        argument.repeat("\\", backslashes);
        if (inside) {
            arguments.add(argument.toString());
        }
        return arguments;
    }
}
