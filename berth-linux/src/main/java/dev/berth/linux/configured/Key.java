package dev.berth.linux.configured;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key of a configuration file whose value is a port, or a list of places to listen at.
 *
 * @param name matches the whole key; of several keys that match, each counts
 * @param within where in the value it stands, as group 1; null where the value is nothing else
 * @param byDefault what the product takes where no such key is; null where it then listens at no such port
 * @param repeats whether every line counts, rather than the last one
 */
record Key(
        Pattern name,
        @Nullable Pattern within,
        Protocol protocol,
        @Nullable ListenPoint byDefault,
        boolean repeats) {

    /** @param name a regular expression */
    static Key of(String name) {
        return new Key(Pattern.compile(name), null, Protocol.TCP, null, false);
    }

    /** An option on a command line that some value holds, such as {@code --port=80} or {@code --port 80}. */
    static Key option(String option) {
        return new Key(
                Pattern.compile(".*", Pattern.DOTALL),
                Pattern.compile("(?:^|\\s)" + Pattern.quote(option) + "[= ]\\s*(\\S+)"),
                Protocol.TCP,
                null,
                false);
    }

    Key or(int port) {
        return or(port, port);
    }

    Key or(int first, int last) {
        return new Key(
                name, within, protocol, ListenPoint.parse(first + "-" + last).getFirst(), repeats);
    }

    Key udp() {
        return new Key(name, within, Protocol.UDP, byDefault, repeats);
    }

    Key repeated() {
        return new Key(name, within, protocol, byDefault, true);
    }

    /** The statements with this key that count, each with only the part of its value that is meant. */
    List<Statement> of(List<Statement> statements) {
        var counting = new ArrayList<Statement>();
        for (Statement statement : statements) {
            if (!name.matcher(statement.key()).matches()) {
                continue;
            }
            String value = statement.value();
            if (within != null) {
                Matcher option = within.matcher(value);
                if (!option.find()) {
                    continue;
                }
                value = option.group(1);
            }
            if (!repeats) {
                counting.removeIf(earlier -> within != null || earlier.key().equals(statement.key()));
            }
            counting.add(new Statement(statement.file(), statement.line(), statement.key(), value));
        }
        return counting;
    }
}
