package dev.berth.windows.processes;

import java.util.ArrayList;
import java.util.List;

/**
 * The one string of a Windows command line, as programs in C take it apart: blanks part arguments outside of quotes, and a
 * backslash means itself unless a quote follows. See "Parsing C command-line arguments" of Microsoft's C++ reference.
 */
final class CommandLine {
    private CommandLine() {}

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
