package dev.berth.diagnosis.explain;

import dev.berth.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads endpoints in the notations in which programs write them: {@code 10.0.0.1:80}, {@code [::]:80}, {@code :::80},
 * {@code *:80}, {@code :80}, {@code /10.0.0.1:80}, {@code db/10.0.0.1:80}, {@code http://db:80/}, {@code [10.0.0.1:80]},
 * {@code ('10.0.0.1', 80)}, {@code {0,0,0,0},80}, {@code [ 'any' <ipv6> 80]}, {@code [AF_INET]10.0.0.1:80},
 * {@code 10.0.0.1#80}, {@code 10.0.0.1 port 80}, {@code port 80 on 10.0.0.1}, {@code port=80}.
 */
final class Endpoints {
    /** An endpoint, and where in the line it ends. */
    record Found(LoggedEndpoint endpoint, int start, int end) {}

    private static final int LONGEST_NAME = 253; // RFC 1035, 2.3.4
    private static final Pattern GROUP = Pattern.compile("[0-9]{1,5}");
    private static final Pattern V4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final Set<String> SOURCE_FILES = Set.of(
            "java",
            "kt",
            "scala",
            "go",
            "py",
            "rb",
            "js",
            "ts",
            "mjs",
            "cjs",
            "c",
            "cc",
            "cpp",
            "h",
            "hpp",
            "cs",
            "rs",
            "php",
            "erl",
            "ex",
            "exs",
            "pl",
            "lua",
            "swift",
            "cfg",
            "conf",
            "xml",
            "yml",
            "yaml",
            "json",
            "properties",
            "log",
            "txt");

    private Endpoints() {}

    /** The endpoint that starts at exactly {@code from}, or null; any name is taken for a host. */
    static @Nullable Found at(String line, int from) {
        Found found = bracketed(line, from);
        if (found == null) {
            found = tuple(line, from);
        }
        if (found == null) {
            found = erlang(line, from);
        }
        if (found == null) {
            found = url(line, from);
        }
        return found != null ? found : plain(line, from);
    }

    /** The address or name that starts at exactly {@code from} and has no port, or null. */
    static @Nullable Found addressAt(String line, int from) {
        for (String any : List.of("'any'", "any", "*", "all")) {
            if (line.regionMatches(true, from, any, 0, any.length()) && !isHostLetter(line, from + any.length())) {
                return new Found(new LoggedEndpoint(null, null, null), from, from + any.length());
            }
        }
        int start = from < line.length() && line.charAt(from) == '/' ? from + 1 : from;
        boolean bracket = start < line.length() && line.charAt(start) == '[';
        int begin = bracket ? start + 1 : start;
        int end = hostEnd(line, begin);
        while (end > begin
                && (line.charAt(end - 1) == ':' && !line.startsWith("::", end - 2) || line.charAt(end - 1) == '.')) {
            end--; // what ends a clause
        }
        if (end == begin || bracket && (end >= line.length() || line.charAt(end) != ']')) {
            return null;
        }
        LoggedEndpoint host = host(line.substring(begin, end), null);
        boolean path = start > from && host != null && host.address() == null; // /run/x.sock
        return host == null || path ? null : new Found(host, from, bracket ? end + 1 : end);
    }

    /** Every endpoint of the line that cannot well be anything else, in order; ports that stand alone come last. */
    static List<Found> in(String line) {
        var all = new ArrayList<Found>();
        int i = 0;
        while (i < line.length()) {
            int plainWord = plainWordEnd(line, i);
            if (plainWord > i) {
                i = plainWord;
                continue;
            }
            Found found = startsWord(line, i) ? at(line, i) : null;
            if (found != null && found.endpoint().port() != null && isCertain(line, found)) {
                all.add(found);
                i = Math.max(found.end(), i + 1);
            } else {
                i++;
            }
        }
        Ports.in(line).stream()
                .filter(port ->
                        all.stream().noneMatch(found -> found.start() < port.end() && port.start() < found.end()))
                .forEach(all::add);
        return all;
    }

    /** Where the word ends that starts here and has nothing that could part a host from a port; {@code from} if it has. */
    private static int plainWordEnd(String line, int from) {
        int end = Character.isLetterOrDigit(line.charAt(from)) ? hostEnd(line, from) : from;
        for (int i = from; i < end; i++) {
            if (line.charAt(i) == ':') {
                return from;
            }
        }
        boolean parted = end < line.length() && (line.charAt(end) == '/' || line.charAt(end) == '#');
        return parted ? from : end;
    }

    private static boolean startsWord(String line, int at) {
        char letter = line.charAt(at);
        char before = at == 0 ? ' ' : line.charAt(at - 1);
        boolean opens = " \t\"'`(=<>@,[{".indexOf(before) >= 0 || before == '/' && letter != '/' || before == ']';
        boolean keyBefore = letter == ':' && before == '"' && at > 1 && Character.isLetterOrDigit(line.charAt(at - 2));
        boolean fileBefore = letter == ':' && before == '>' && !line.startsWith("->", at - 2);
        if (keyBefore || fileBefore) { // "pid":7462 of JSON; <5307bcb3>:0 is a place in a file that has no name
            return false;
        }
        return letter == ':' || letter == '*' || letter == '[' || letter == '{' || letter == '(' || letter == '/'
                ? opens
                : Character.isLetterOrDigit(letter) && opens;
    }

    /** A name before a colon and a number may be a file and its line, or a word and a count. */
    private static boolean isCertain(String line, Found found) {
        String host = found.endpoint().host();
        if (host == null || found.endpoint().address() != null) {
            return found.endpoint().address() != null || isCertainPort(line, found);
        }
        if (host.equalsIgnoreCase("localhost")
                || line.startsWith("://", found.start() + schemeLength(line, found.start()))) {
            return true;
        }
        int dot = host.lastIndexOf('.');
        return dot > 0
                && !SOURCE_FILES.contains(host.substring(dot + 1).toLowerCase(Locale.ROOT))
                && host.chars().anyMatch(Character::isLetter);
    }

    /** {@code :8080}, and not the minutes of a time. */
    private static boolean isCertainPort(String line, Found found) {
        boolean time =
                line.startsWith(":", found.end()) && Endpoints.digitsEnd(line, found.end() + 1) > found.end() + 1;
        return !time && !isHostLetter(line, found.end())
                || line.startsWith(": ", found.end())
                || line.startsWith("->", found.end());
    }

    private static int schemeLength(String line, int from) {
        int end = from;
        while (end < line.length() && Character.isLetter(line.charAt(end))) {
            end++;
        }
        return end - from;
    }

    /** {@code [::]:80}, {@code [10.0.0.1:80]}, {@code [AF_INET]10.0.0.1:80}, {@code [ 'any' <ipv6> 1433]}. */
    private static @Nullable Found bracketed(String line, int from) {
        if (from >= line.length() || line.charAt(from) != '[') {
            return null;
        }
        int close = line.indexOf(']', from);
        if (close < 0 || close - from > LONGEST_NAME + 10) {
            return null;
        }
        String inside = line.substring(from + 1, close).strip();
        if (inside.startsWith("AF_INET")) {
            Found found = line.startsWith("[AF_INET", close + 1) ? null : bare(line, close + 1);
            return found == null ? null : new Found(found.endpoint(), from, found.end());
        }
        int kind = inside.indexOf('<');
        int kindEnd = inside.indexOf('>');
        if (kind > 0 && kindEnd > kind) {
            Integer port = port(inside.substring(kindEnd + 1).strip());
            Found address = addressAt(inside.substring(0, kind).strip(), 0);
            if (port == null || address == null) {
                return null;
            }
            IpAddress any = inside.startsWith("6", kindEnd - 1) ? IpAddress.ANY_V6 : IpAddress.ANY_V4;
            LoggedEndpoint where = address.endpoint();
            boolean named = where.address() != null || where.host() != null;
            return new Found(new LoggedEndpoint(where.host(), named ? where.address() : any, port), from, close + 1);
        }
        IpAddress address = ip(inside);
        if (address != null) {
            Integer port = line.startsWith(":", close + 1) ? portAt(line, close + 2) : null;
            return port == null
                    ? null
                    : new Found(new LoggedEndpoint(null, address, port), from, digitsEnd(line, close + 2));
        }
        Found found = at(inside, 0);
        return found == null || found.end() != inside.length() ? null : new Found(found.endpoint(), from, close + 1);
    }

    /** {@code ('10.0.0.1', 80)}; of IPv6 {@code ('::', 80, 0, 0)}. */
    private static @Nullable Found tuple(String line, int from) {
        if (!line.startsWith("('", from) && !line.startsWith("(\"", from)) {
            return null;
        }
        int quote = line.indexOf(line.charAt(from + 1), from + 2);
        int close = line.indexOf(')', from);
        if (quote < 0 || close < quote) {
            return null;
        }
        String host = line.substring(from + 2, quote);
        String[] rest = line.substring(quote + 1, close).split(",", -1);
        Integer port = rest.length < 2 ? null : port(rest[1].strip());
        LoggedEndpoint endpoint = port == null ? null : host.isEmpty() ? LoggedEndpoint.ofPort(port) : host(host, port);
        return endpoint == null ? null : new Found(endpoint, from, close + 1);
    }

    /** {@code {0,0,0,0},5671}, whatever stands around the two. */
    private static @Nullable Found erlang(String line, int from) {
        if (from >= line.length() || line.charAt(from) != '{') {
            return null;
        }
        int close = line.indexOf('}', from);
        if (close < 0 || close - from > 50) {
            return null;
        }
        String[] parts = line.substring(from + 1, close).split(",", -1);
        if (parts.length != 4 && parts.length != 8) {
            return null;
        }
        var text = new StringBuilder();
        for (String part : parts) {
            if (!GROUP.matcher(part.strip()).matches()) {
                return null;
            }
            int value = Integer.parseInt(part.strip());
            text.append(text.isEmpty() ? "" : parts.length == 4 ? "." : ":")
                    .append(parts.length == 4 ? Integer.toString(value) : Integer.toHexString(value));
        }
        IpAddress address = ip(text.toString());
        int at = close + 1;
        while (at < line.length() && (line.charAt(at) == ',' || line.charAt(at) == ':' || line.charAt(at) == ' ')) {
            at++;
        }
        Integer port = portAt(line, at);
        return address == null || port == null
                ? null
                : new Found(new LoggedEndpoint(null, address, port), from, digitsEnd(line, at));
    }

    /** {@code http://db:8080/path}; without a port that of the scheme. */
    private static @Nullable Found url(String line, int from) {
        int scheme = from + schemeLength(line, from);
        if (scheme == from || !line.startsWith("://", scheme)) {
            return null;
        }
        Found found = plain(line, scheme + 3);
        if (found != null && found.endpoint().port() != null) {
            return new Found(found.endpoint(), from, found.end());
        }
        Found host = addressAt(line, scheme + 3);
        Integer port = switch (line.substring(from, scheme).toLowerCase(Locale.ROOT)) {
            case "http", "ws" -> 80;
            case "https", "wss" -> 443;
            default -> null;
        };
        return host == null || port == null
                ? null
                : new Found(
                        new LoggedEndpoint(
                                host.endpoint().host(), host.endpoint().address(), port),
                        from,
                        host.end());
    }

    /** A host, and a port after a colon, a hash or a slash; {@code db/10.0.0.1:80} as Java writes it. */
    private static @Nullable Found plain(String line, int from) {
        if (from >= line.length()) {
            return null;
        }
        if (line.charAt(from) == '/') {
            Found found = bare(line, from + 1);
            return found == null ? null : new Found(found.endpoint(), from, found.end());
        }
        if (line.charAt(from) == '*' || line.charAt(from) == '+') { // a plus is how http.sys writes any host
            Integer port = line.startsWith(":", from + 1) ? portAt(line, from + 2) : null;
            return port == null ? null : new Found(LoggedEndpoint.ofPort(port), from, digitsEnd(line, from + 2));
        }
        String name = hostAt(line, from);
        int behind = from + name.length();
        if (line.startsWith("/", behind)) {
            Found found = bare(line, behind + 1);
            if (found != null && found.endpoint().address() != null) {
                LoggedEndpoint endpoint = found.endpoint();
                boolean named = ip(name) == null && !name.isEmpty();
                return new Found(
                        new LoggedEndpoint(named ? name : null, endpoint.address(), endpoint.port()),
                        from,
                        found.end());
            }
        }
        return bare(line, from);
    }

    /** Without a slash or a name before it. */
    private static @Nullable Found bare(String line, int from) {
        if (line.startsWith("[", from)) {
            return bracketed(line, from);
        }
        String whole = hostAt(line, from);
        int inner = innerPort(whole);
        if (inner > 0) {
            whole = whole.substring(0, inner);
        }
        int colon = whole.lastIndexOf(':');
        if (colon >= 0) {
            Integer port = port(whole.substring(colon + 1));
            String host = whole.substring(0, colon);
            if (port != null && host.isEmpty()) {
                return new Found(LoggedEndpoint.ofPort(port), from, from + whole.length());
            }
            LoggedEndpoint endpoint = port == null ? null : host(host, port);
            return endpoint == null ? null : new Found(endpoint, from, from + whole.length());
        }
        int at = from + whole.length();
        if (!whole.isEmpty() && at < line.length() && (line.charAt(at) == '#' || line.charAt(at) == '/')) {
            Integer port = portAt(line, at + 1);
            IpAddress address = ip(whole);
            boolean prefix = port != null && line.charAt(at) == '/' && port <= 128; // 10.0.0.0/8
            return port == null || address == null || prefix
                    ? null
                    : new Found(new LoggedEndpoint(null, address, port), from, digitsEnd(line, at + 1));
        }
        return null;
    }

    /** What may be a host and a port, without what ends a clause. */
    private static String hostAt(String line, int from) {
        String whole = line.substring(Math.min(from, line.length()), hostEnd(line, from));
        while (whole.endsWith(".") || whole.endsWith(":") && !whole.endsWith("::")) {
            whole = whole.substring(0, whole.length() - 1);
        }
        return whole;
    }

    /** Where the first part of {@code 10.0.0.1:80:172.17.0.2:8080} ends, as containers map a port; -1 where there is none. */
    private static int innerPort(String text) {
        int colon = text.indexOf(':');
        int next = colon < 0 ? -1 : text.indexOf(':', colon + 1);
        boolean mapped = next > 0
                && text.indexOf('.') > 0
                && ip(text.substring(0, colon)) != null
                && port(text.substring(colon + 1, next)) != null;
        return mapped ? next : -1;
    }

    private static boolean isHostLetter(String line, int at) {
        return at < line.length()
                && (Character.isLetterOrDigit(line.charAt(at)) || ".-_:%".indexOf(line.charAt(at)) >= 0);
    }

    private static int hostEnd(String line, int from) {
        int end = Math.min(from, line.length());
        while (isHostLetter(line, end) && end - from <= LONGEST_NAME + 6) {
            if (line.startsWith("->", end)) {
                break;
            }
            end++;
        }
        return end;
    }

    private static @Nullable LoggedEndpoint host(String text, @Nullable Integer port) {
        IpAddress address = ip(text);
        if (address != null) {
            return new LoggedEndpoint(null, address, port);
        }
        boolean name = !text.isEmpty()
                && text.indexOf(':') < 0
                && text.length() <= LONGEST_NAME
                && text.chars().anyMatch(Character::isLetter);
        return name ? new LoggedEndpoint(text, null, port) : null;
    }

    /** An address, its scope left away; null where it is none. */
    private static @Nullable IpAddress ip(String text) {
        int scope = text.indexOf('%');
        String bare = scope < 0 ? text : text.substring(0, scope);
        if (bare.indexOf(':') < 0 ? !V4.matcher(bare).matches() : !isV6(bare)) {
            return null;
        }
        try {
            return IpAddress.parse(bare);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Seven colons, fewer where two stand together or IPv4 ends it: a time has no more than two. */
    private static boolean isV6(String text) {
        long colons = text.chars().filter(letter -> letter == ':').count();
        boolean shortened = text.contains("::") || text.indexOf('.') >= 0;
        return colons <= 7 && (colons == 7 || shortened) && V6.matcher(text).matches();
    }

    static @Nullable Integer port(String digits) {
        if (digits.isEmpty()
                || digits.length() > 5
                || !digits.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
            return null;
        }
        int port = Integer.parseInt(digits);
        return port > 65_535 ? null : port;
    }

    static @Nullable Integer portAt(String line, int from) {
        return port(line.substring(Math.min(from, line.length()), digitsEnd(line, from)));
    }

    static int digitsEnd(String line, int from) {
        int end = Math.min(from, line.length());
        while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
