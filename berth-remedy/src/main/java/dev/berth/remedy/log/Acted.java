package dev.berth.remedy.log;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act as the log tells it.
 *
 * @param command what was asked for, such as {@code free 1433}
 * @param act the word for it, as in {@link Act#label}
 * @param subject what it was done to
 * @param outcome the word for how it went; null where the log does not tell, because Berth was killed in between
 */
public record Acted(
        Instant at,
        String user,
        @Nullable String sudoUser,
        String command,
        String act,
        String subject,
        @Nullable String outcome,
        @Nullable String detail) {}
