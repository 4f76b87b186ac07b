package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.ErrorTexts.Found;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names of the errors that a port is refused with: those of {@code errno.h} and {@code winerror.h} as they are or in the
 * lower case of Erlang, and what Rust, C++, .NET, Qt and Chromium call them.
 */
final class ErrorNames {
    private static final Map<String, Refusal> GROUPS = Map.of(
            "inUse", Refusal.ADDRESS_IN_USE,
            "notAvailable", Refusal.ADDRESS_NOT_AVAILABLE,
            "denied", Refusal.ACCESS_DENIED,
            "noBuffers", Refusal.NO_BUFFER_SPACE);

    private static final Pattern NAME =
            Pattern.compile("(?<![a-z0-9/-])(?:err_|uv_|quic_status_|quic_)?(?<windows>wsa)?"
                    + "(?:(?<inUse>e?addrinuse|address_?(?:already_?)?in_?use(?:error)?)"
                    + "|(?<notAvailable>e?addrnotavail(?:able)?|(?:socket)?address_?not_?available(?:error)?)"
                    + "|(?<denied>eacces)"
                    + "|(?<noBuffers>enobufs|nobufferspaceavailable|no_buffer_space))(?![a-z0-9])");

    /** Ends in the setting that lists the errors after which something is tried again. */
    private static final Pattern SETTING = Pattern.compile("\\bretry(?:ing)?[ _-]on[^a-z]{0,4}$");

    /** Ends within what somebody asked a server for. */
    private static final Pattern REQUEST =
            Pattern.compile("\\b(?:get|post|put|head|delete|patch|options) /[^\\s\"]*\\?[^\\s\"]*$");

    private static final int MENTION = 400; // characters before a name that may tell that it is only mentioned

    private ErrorNames() {}

    /**
     * The first error that is called by its name.
     *
     * @param lower the line in lower case
     */
    static @Nullable Found in(String lower) {
        Matcher matcher = NAME.matcher(lower);
        do {
            if (!matcher.find()) {
                return null;
            }
        } while (isOnlyMentioned(lower, matcher.start()));
        LoggedSystem system = matcher.group("windows") == null ? null : LoggedSystem.WINDOWS;
        return GROUPS.entrySet().stream()
                .filter(group -> matcher.group(group.getKey()) != null)
                .map(group ->
                        new Found(new LoggedError(group.getValue(), null, system), matcher.start(), matcher.end()))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isOnlyMentioned(String lower, int at) {
        String before = lower.substring(Math.max(0, at - MENTION), at);
        return before.contains("retry") && SETTING.matcher(before).find()
                || before.indexOf('?') >= 0 && REQUEST.matcher(before).find();
    }

    /** What a line has one of if an error is called by its name in it. */
    static List<String> triggers() {
        return List.of(
                "addrinuse",
                "addressinuse",
                "address_in_use",
                "alreadyinuse",
                "already_in_use",
                "address_inuse",
                "addrnotavail",
                "addressnotavailable",
                "address_not_available",
                "eacces",
                "enobufs",
                "nobufferspaceavailable",
                "no_buffer_space");
    }
}
