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
    private static final Pattern ADDRESS_AFTER = Pattern.compile("^\\W{0,3}\\son\\s[\"'\\[]?([\\w.:%*-]{1,60})");

    private static final int PREFIX = 20; // characters of a longer word before it
    private static final int AFTER = 64;
    private static final int LONGEST_ADDRESS = 60;

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
        String before = wordBefore(line, start);
        LoggedEndpoint found = before.length() < 2 ? null : address(before);
        if (found != null) {
            return found;
        }
        Matcher after = ADDRESS_AFTER.matcher(line.substring(end, Math.min(line.length(), end + 80)));
        return after.find() ? address(after.group(1)) : null;
    }

    /** {@code 10.0.0.1} of {@code "10.0.0.1", port}, {@code [10.0.0.1] and port}. */
    private static String wordBefore(String line, int port) {
        if (port == 0 || !Character.isWhitespace(line.charAt(port - 1))) {
            return "";
        }
        int end = line.startsWith("and ", port - 4) && port > 4 ? port - 5 : port - 1;
        end -= end > 0 && line.charAt(end - 1) == ',' ? 1 : 0;
        end -= end > 0 && "\"'])".indexOf(line.charAt(end - 1)) >= 0 ? 1 : 0;
        int start = end;
        while (start > 0 && end - start < LONGEST_ADDRESS && isAddressLetter(line.charAt(start - 1))) {
            start--;
        }
        return line.substring(start, end);
    }

    private static boolean isAddressLetter(char letter) {
        return Character.isLetterOrDigit(letter) || "_.:%-".indexOf(letter) >= 0;
    }

    /** Only what is an address beyond doubt: a word beside a port is not yet a host. */
    private static @Nullable LoggedEndpoint address(String text) {
        Found found = Endpoints.addressAt(text, 0);
        return found == null || found.endpoint().address() == null && !text.equalsIgnoreCase("localhost")
                ? null
                : found.endpoint();
    }
}
