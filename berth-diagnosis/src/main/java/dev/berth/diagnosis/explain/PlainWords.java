package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.Endpoints.Found;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What programs say in English of a port that they did not get, without the error of a system and in no product's own
 * sentence. It counts only right beside an endpoint: many other things are in use too.
 */
final class PlainWords {
    /** How a line says it. */
    enum Said {
        IN_USE,
        NOT_BOUND
    }

    private static final int BESIDE = 64; // characters

    private static final String BY_ANOTHER = "[^.;:]{0,24}\\b(?:an)?(?:other|process|pid|already|something|someone)\\b";
    private static final String TAKEN =
            "(?:(?:already |still )(?:been |being )?(?:in use|used|taken|occupied|allocated)\\b"
                    + "|(?:currently )?(?:been |being )?(?:taken|occupied|allocated)\\b"
                    + "|(?:currently )?(?:being )?(?:used|in use) by" + BY_ANOTHER
                    + "|(?:currently )?in use(?=$|[^\\w\\s:]|\\s+(?:$|[^\\w\\s])|\\s+(?:and|or)\\b)"
                    + ")(?!\\s?[:=]\\s?(?:false|no)\\b)";
    private static final Pattern TAKEN_AFTER = Pattern.compile("^(?:/tcp|/udp)?[\"'\\])]{0,2}(?: ?\\([^)]{0,40}\\))?,?"
            + " (?:(?:is|was|are|were|has|seems to be|appears to be) )?" + TAKEN);
    private static final Pattern TAKEN_WITHIN = Pattern.compile("already (?:in use|bound|allocated)");
    private static final Pattern NOT_BOUND_BEFORE = Pattern.compile(
            "(?:fail(?:ed|ure|s)?|unable|cannot|can't|can not|couldn't|could not|not able|impossible|error)(?: to|:)? "
                    + "(?:start |set ?up |create )?(?:bind|listen|open(?:ing)? (?:the )?(?:server|listening) (?:socket|port))"
                    + "[^.;:]{0,40}$");
    private static final Pattern CALL_BEFORE =
            Pattern.compile("\\b(?:bind|listen)(?:ing)?(?: to| on| for)?(?: [a-z]{1,12}){0,2} ?$");
    private static final Pattern FAILED_AFTER = Pattern.compile("^[^.;:,]{0,24} failed\\b(?! ?over)");

    /** Ends in what asks, and does not say. */
    private static final Pattern ASKED_BEFORE =
            Pattern.compile("\\b(?:whether|if|in case|unless|check(?:s|ing)?)\\b[^.;:,]{0,30}$");

    /** Ends in what makes a port a socket for a plug. */
    private static final Pattern OTHER_PORT_BEFORE = Pattern.compile(
            "\\b(?:com|usb|serial|parallel|hdmi|midi|phone|switch|slot|printer)(?:[ -][a-z0-9]{1,6})? $");

    private PlainWords() {}

    /**
     * @param lower the line in lower case
     */
    static @Nullable Said in(String line, String lower) {
        for (Found found : Endpoints.in(line)) {
            String before = lower.substring(Math.max(0, found.start() - BESIDE), found.start());
            String after = lower.substring(found.end(), Math.min(lower.length(), found.end() + BESIDE));
            boolean taken = TAKEN_AFTER.matcher(after).find()
                    || TAKEN_WITHIN
                            .matcher(lower)
                            .region(found.start(), found.end())
                            .find();
            if (taken
                    && !ASKED_BEFORE.matcher(before).find()
                    && !OTHER_PORT_BEFORE.matcher(before).find()) {
                return Said.IN_USE;
            }
            if (NOT_BOUND_BEFORE.matcher(before).find()
                    || CALL_BEFORE.matcher(before).find()
                            && FAILED_AFTER.matcher(after).find()) {
                return Said.NOT_BOUND;
            }
        }
        return null;
    }

    /** What a line has one of if it says so. */
    static List<String> triggers() {
        return List.of(
                "already in use",
                "is in use",
                "was in use",
                "be in use",
                "port in use",
                "in use by",
                "is used by",
                "being used",
                "already used",
                "already taken",
                "is taken",
                "occupied",
                "already allocated",
                "is allocated",
                "to bind",
                "t bind",
                "bind to ",
                "bind on ",
                "bind for ",
                "bind port ",
                "error bind",
                "binding to ",
                "binding on ",
                "binding port ",
                "to listen",
                "t listen",
                "listen on ",
                "listening on port",
                "error listen",
                "to open server",
                "to open listening",
                "t open server",
                "t open listening");
    }
}
