package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads ports that are called so: {@code port 80}, {@code port=80}, {@code port: 80}, {@code port [80]}, {@code "port":80}; the address beside them too. */
final class Ports {
    private static final Pattern PORT = Pattern.compile(
            "(?<![A-Za-z])(?:\\w{0,20}port(?:\\s+number|\\s(?:is\\s)?already\\s(?:in use|bound|allocated))?|ports)\"?\\s{0,3}[:=#]?\\s{0,3}[\\[(\"']?([0-9]{1,5})(?![0-9.])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS_BEFORE = Pattern.compile("([\\w.:%-]{2,60})[\"'\\])]?,?\\s(?:and\\s)?$");
    private static final Pattern ADDRESS_AFTER = Pattern.compile("^\\W{0,3}\\son\\s[\"'\\[]?([\\w.:%*-]{1,60})");

    private static final int PREFIX = 20; // characters of a longer word before it
    private static final int AFTER = 64;

    private Ports() {}

    static List<Found> in(String line) {
        var all = new ArrayList<Found>();
        Matcher matcher = PORT.matcher(line);
        int done = 0;
        for (int at = nextPort(line, 0); at >= 0; at = nextPort(line, Math.max(at + 4, done))) {
            matcher.region(Math.max(done, at - PREFIX), Math.min(line.length(), at + AFTER));
            Integer port = matcher.useTransparentBounds(true).find() ? Endpoints.port(matcher.group(1)) : null;
            if (port != null) {
                LoggedEndpoint beside = beside(line, matcher.start(), matcher.end());
                all.add(new Found(LoggedEndpoint.ofPort(port).and(beside), matcher.start(), matcher.end()));
                done = matcher.end();
            }
        }
        return all;
    }

    private static int nextPort(String line, int from) {
        for (int at = from; at + 4 <= line.length(); at++) {
            char letter = line.charAt(at);
            if ((letter == 'p' || letter == 'P') && line.regionMatches(true, at, "port", 0, 4)) {
                return at;
            }
        }
        return -1;
    }

    private static @Nullable LoggedEndpoint beside(String line, int start, int end) {
        Matcher before = ADDRESS_BEFORE.matcher(line.substring(Math.max(0, start - 64), start));
        LoggedEndpoint found = before.find() ? address(before.group(1)) : null;
        if (found != null) {
            return found;
        }
        Matcher after = ADDRESS_AFTER.matcher(line.substring(end, Math.min(line.length(), end + 80)));
        return after.find() ? address(after.group(1)) : null;
    }

    /** Only what is an address beyond doubt: a word beside a port is not yet a host. */
    private static @Nullable LoggedEndpoint address(String text) {
        Found found = Endpoints.addressAt(text, 0);
        return found == null || found.endpoint().address() == null && !text.equalsIgnoreCase("localhost")
                ? null
                : found.endpoint();
    }
}
