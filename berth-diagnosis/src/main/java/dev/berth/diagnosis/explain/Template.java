package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a product with places to fill in, such as <code>bind() to {local} failed ({errno}: {error})</code>. Found
 * anywhere in a line, in time that grows with its length: there is no going back over more than a few places.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\{([a-z-]+)}");
    private static final int MOST_SKIPPED = 400; // characters that {any} covers
    private static final int LONGEST_PLACE = 300; // of an endpoint before the first text
    private static final int MOST_STEPS = 2_000; // of one search; a line that needs more is made to hurt

    /** What stands in a place. */
    private enum Place {
        LOCAL,
        REMOTE,
        PORT,
        REMOTE_PORT,
        ADDRESS,
        REMOTE_ADDRESS,
        ERRNO,
        ERROR,
        ANY,
        WORD;

        boolean isOfEndpoint() {
            return switch (this) {
                case LOCAL, REMOTE, PORT, REMOTE_PORT, ADDRESS, REMOTE_ADDRESS -> true;
                case ERRNO, ERROR, ANY, WORD -> false;
            };
        }
    }

    private sealed interface Part {
        /** In lower case, each run of blanks as one. */
        record Text(String words) implements Part {}

        record Gap(Place place) implements Part {}
    }

    /**
     * What a line has in the places.
     *
     * @param weight how much of the line is pinned down, by the template's text and the system's: of two sentences that are
     *     found, the heavier knows better
     */
    record Match(
            @Nullable LoggedEndpoint local,
            @Nullable LoggedEndpoint remote,
            @Nullable LoggedError error,
            int end,
            int weight) {

        private Match local(LoggedEndpoint more) {
            return new Match(local == null ? more : local.and(more), remote, error, end, weight);
        }

        private Match remote(LoggedEndpoint more) {
            return new Match(local, remote == null ? more : remote.and(more), error, end, weight);
        }

        private Match error(LoggedError more) {
            return new Match(local, remote, error == null ? more : more.and(error), end, weight);
        }

        private Match heavier(int letters) {
            return new Match(local, remote, error, end, weight + letters);
        }

        private Match upTo(int here) {
            return new Match(local, remote, error, here, weight);
        }
    }

    private final ErrorTexts texts;
    private final List<Part> parts = new ArrayList<>();
    private final String trigger;
    private final int weight;

    Template(String line, ErrorTexts texts) {
        this.texts = texts;
        Matcher matcher = PLACE.matcher(line);
        int done = 0;
        while (matcher.find()) {
            addText(line.substring(done, matcher.start()));
            parts.add(new Part.Gap(place(matcher.group(1))));
            done = matcher.end();
        }
        addText(line.substring(done));
        String longest = "";
        int letters = 0;
        for (Part part : parts) {
            if (part instanceof Part.Text(String words)) {
                letters += words.length();
                longest = words.strip().length() > longest.length() ? words.strip() : longest;
            }
        }
        if (longest.length() < 4) {
            throw new IllegalArgumentException("'" + line + "' has no four letters in a row that tell it from others");
        }
        if (parts.getFirst() instanceof Part.Gap && !(parts.get(1) instanceof Part.Text)) {
            throw new IllegalArgumentException("'" + line + "' begins with two places");
        }
        trigger = longest;
        weight = letters;
    }

    private void addText(String words) {
        if (!words.isEmpty()) {
            parts.add(new Part.Text(ErrorTexts.folded(words).replaceAll("\\s+", " ")));
        }
    }

    private static Place place(String name) {
        for (Place place : Place.values()) {
            if (place.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return place;
            }
        }
        throw new IllegalArgumentException("{" + name + "} is no place");
    }

    /** What every line has that it is found in. */
    String trigger() {
        return trigger;
    }

    /** Whether it reads an endpoint, or a part of one. */
    boolean readsEndpoints() {
        return parts.stream().anyMatch(part -> part instanceof Part.Gap(Place place) && place.isOfEndpoint());
    }

    /**
     * Where the line says it, or null.
     *
     * @param lower the line, {@link ErrorTexts#folded}
     */
    @Nullable
    Match in(String line, String lower) {
        return new Search(line, lower).run();
    }

    private final class Search {
        private final String line;
        private final String lower;
        private final Match nothing = new Match(null, null, null, 0, weight);
        private int steps;

        Search(String line, String lower) {
            this.line = line;
            this.lower = lower;
        }

        @Nullable
        Match run() {
            return parts.getFirst() instanceof Part.Text(String words) ? fromText(words) : fromPlace();
        }

        private @Nullable Match fromText(String words) {
            int blank = words.strip().indexOf(' ');
            String first = blank < 0 ? words.strip() : words.strip().substring(0, blank);
            int lead = words.startsWith(" ") ? 1 : 0;
            for (int at = lower.indexOf(first); at >= 0 && steps < MOST_STEPS; at = lower.indexOf(first, at + 1)) {
                Match match = at < lead ? null : rest(0, at - lead, nothing);
                if (match != null) {
                    return match;
                }
            }
            return null;
        }

        /** The first text is behind a place, which starts at the beginning of a word before it. */
        private @Nullable Match fromPlace() {
            String words = ((Part.Text) parts.get(1)).words().strip();
            int done = 0;
            for (int text = lower.indexOf(words);
                    text >= 0 && steps < MOST_STEPS;
                    text = lower.indexOf(words, text + 1)) {
                for (int at = Math.max(done, text - LONGEST_PLACE); at < text; at++) {
                    boolean start = at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1));
                    Match match = start ? rest(0, at, nothing) : null;
                    if (match != null) {
                        return match;
                    }
                }
                done = text;
            }
            return null;
        }

        private @Nullable Match rest(int part, int at, Match so) {
            if (part == parts.size()) {
                return so.upTo(at);
            }
            steps++;
            return switch (parts.get(part)) {
                case Part.Text(String words) -> {
                    int end = textEnd(words, at);
                    yield end < 0 ? null : rest(part + 1, end, so);
                }
                case Part.Gap(Place place) -> place(place, part, at, so);
            };
        }

        private @Nullable Match place(Place place, int part, int at, Match so) {
            return switch (place) {
                case LOCAL -> endpoint(Endpoints.at(line, at), true, part, so);
                case REMOTE -> endpoint(Endpoints.at(line, at), false, part, so);
                case ADDRESS -> endpoint(Endpoints.addressAt(line, at), true, part, so);
                case REMOTE_ADDRESS -> endpoint(Endpoints.addressAt(line, at), false, part, so);
                case PORT -> port(at, true, part, so);
                case REMOTE_PORT -> port(at, false, part, so);
                case ERRNO -> errno(part, at, so);
                case ERROR -> {
                    ErrorTexts.Found found = texts.at(lower, at);
                    yield found == null
                            ? null
                            : rest(
                                    part + 1,
                                    found.end(),
                                    so.error(found.error()).heavier(found.end() - at));
                }
                case ANY -> skip(part, at, so, MOST_SKIPPED, true);
                case WORD -> skip(part, at, so, MOST_SKIPPED, false);
            };
        }

        private @Nullable Match endpoint(@Nullable Found found, boolean local, int part, Match so) {
            return found == null
                    ? null
                    : rest(part + 1, found.end(), local ? so.local(found.endpoint()) : so.remote(found.endpoint()));
        }

        private @Nullable Match port(int at, boolean local, int part, Match so) {
            Integer port = Endpoints.portAt(line, at);
            if (port == null) {
                return null;
            }
            LoggedEndpoint endpoint = LoggedEndpoint.ofPort(port);
            return rest(part + 1, Endpoints.digitsEnd(line, at), local ? so.local(endpoint) : so.remote(endpoint));
        }

        private @Nullable Match errno(int part, int at, Match so) {
            int digits = line.startsWith("-", at) ? at + 1 : at;
            int end = Endpoints.digitsEnd(line, digits);
            if (end == digits || end - digits > 5) {
                return null;
            }
            LoggedError error = ErrorNumbers.of(Integer.parseInt(line, digits, end, 10));
            return error == null ? null : rest(part + 1, end, so.error(error));
        }

        /** Passes over text, as little as makes the rest fit. */
        private @Nullable Match skip(int part, int from, Match so, int most, boolean blanks) {
            if (part + 1 == parts.size()) {
                return rest(part + 1, line.length(), so);
            }
            int last = Math.min(line.length(), from + most);
            for (int at = from; at <= last && steps < MOST_STEPS; at++) {
                boolean fits = !(parts.get(part + 1) instanceof Part.Text(String words)) || textEnd(words, at) >= 0;
                Match match = fits ? rest(part + 1, at, so) : null;
                if (match != null) {
                    return match;
                }
                if (at < line.length() && !blanks && Character.isWhitespace(line.charAt(at))) {
                    return null;
                }
            }
            return null;
        }

        /** Where the text ends that starts at exactly {@code from}; -1 where another stands there. */
        private int textEnd(String words, int from) {
            int at = from;
            for (int i = 0; i < words.length(); i++) {
                if (words.charAt(i) == ' ') {
                    int after = at;
                    while (after < lower.length() && Character.isWhitespace(lower.charAt(after))) {
                        after++;
                    }
                    boolean trailing = i == words.length() - 1 && after == lower.length();
                    if (after == at && !trailing) {
                        return -1;
                    }
                    at = after;
                } else if (at < lower.length() && lower.charAt(at) == words.charAt(i)) {
                    at++;
                } else {
                    return -1;
                }
            }
            return at;
        }
    }
}
