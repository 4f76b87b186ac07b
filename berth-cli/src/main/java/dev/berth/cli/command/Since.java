package dev.berth.cli.command;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The value of {@code --since}: so long ago, a day, or a moment; without a zone in the system's. */
final class Since {
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhdw])");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private Since() {}

    /** The moment that the arguments name; null where they name none. */
    static @Nullable Instant of(Arguments arguments) throws UsageException {
        String text = arguments.value("since");
        if (text == null) {
            return null;
        }
        try {
            return parse(text, Instant.now(), ZoneId.systemDefault());
        } catch (DateTimeException e) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--since " + text + " is no time",
                    "it takes 30s, 10m, 2h, 3d or 1w, a day like 2026-11-22, or a time like 2026-11-22T01:00 or"
                            + " 2026-11-22T01:00:00Z");
        }
    }

    static Instant parse(String text, Instant now, ZoneId zone) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            long amount = Long.parseLong(ago.group(1));
            return now.minusSeconds(amount * seconds(ago.group(2)));
        }
        if (DAY.matcher(text).matches()) {
            return LocalDate.parse(text).atStartOfDay(zone).toInstant();
        }
        String moment = text.replaceFirst("^(\\S{10}) ", "$1T");
        boolean zoned = moment.matches(".{10}T.*(?:Z|[+-][0-9:]{2,})");
        return zoned
                ? OffsetDateTime.parse(moment).toInstant()
                : LocalDateTime.parse(moment).atZone(zone).toInstant();
    }

    private static long seconds(String unit) {
        return switch (unit) {
            case "s" -> 1;
            case "m" -> ChronoUnit.MINUTES.getDuration().toSeconds();
            case "h" -> ChronoUnit.HOURS.getDuration().toSeconds();
            case "d" -> ChronoUnit.DAYS.getDuration().toSeconds();
            default -> ChronoUnit.WEEKS.getDuration().toSeconds();
        };
    }
}
