package dev.berth.cli.log;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads a time that begins at one place of a line. Good for one attempt. */
final class TimeCursor {
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String WEEKDAYS = "sunmontuewedthufrisat";

    /** Clocks and zones differ: a time without a year that is so far ahead is of this year all the same. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final int EARLIER_YEARS = 8; // 29 February comes again after eight years at the latest

    private final byte[] bytes;
    private final int first;
    private final int to;
    private final ZoneId zone;
    private final InstantSource clock;
    private int at;

    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private boolean fraction;
    private @Nullable ZoneOffset offset;

    TimeCursor(byte[] bytes, int at, int first, int to, ZoneId zone, InstantSource clock) {
        this.bytes = bytes;
        this.at = at;
        this.first = first;
        this.to = to;
        this.zone = zone;
        this.clock = clock;
    }

    /** A date and a time of day; null where there is none. */
    @Nullable
    Instant read() {
        if (!isDigit(peek())) {
            return isWord(peek()) ? afterALetter() : null;
        }
        int start = at;
        int number = digits(1, 4);
        int length = at - start;
        if (length == 4) {
            return yearFirst(number);
        }
        if (length == 3) {
            return dayOfYear(number);
        }
        return number < 0 ? null : dayFirst(number);
    }

    /** As {@link #read}, or a number of seconds, milliseconds, microseconds or nanoseconds since 1970, by its size. */
    @Nullable
    Instant readValue() {
        int start = at;
        long number = 0;
        while (isDigit(peek()) && at - start < 19) {
            number = number * 10 + (bytes[at++] - '0');
        }
        int length = at - start;
        if (length < 9 || isDigit(peek()) || number < 0) { // a year, a duration, a number of something
            at = start;
            return read();
        }
        if (length <= 11) {
            fraction();
            return Instant.ofEpochSecond(number, nanos);
        }
        if (length <= 14) {
            return Instant.ofEpochMilli(number);
        }
        long second = length <= 17 ? 1_000_000 : 1_000_000_000;
        return Instant.ofEpochSecond(number / second, number % second * (1_000_000_000 / second));
    }

    private @Nullable Instant yearFirst(int year) {
        byte separator = peek();
        if (separator != '-' && separator != '/' && separator != '.') {
            return null;
        }
        at++;
        int month = digits(2, 2);
        if (month < 0 || !take(separator)) {
            return null;
        }
        int day = digits(2, 2);
        if (day < 0 || !(take('T') || take('t') || take(' ') || take('_')) || !clockTime()) {
            return null;
        }
        return instant(year, month, day);
    }

    /** {@code 08-Nov-2024 18:19:00}, {@code 22 Nov 2026 01:51:05.123}, {@code 22/Nov/2026:01:51:05 +0000}. */
    private @Nullable Instant dayFirst(int day) {
        byte separator = peek();
        if (separator != '-' && separator != '/' && separator != ' ') {
            return null;
        }
        at++;
        int month = name(MONTHS);
        if (month == 0 || !take(separator)) {
            return null;
        }
        int year = digits(4, 4);
        if (year < 0 || !(take(' ') || take(':') || take('T'))) {
            return null;
        }
        if (peek() == ' ' || peek() == ':') {
            at++;
        }
        return clockTime() ? instant(year, month, day) : null;
    }

    /** {@code 213/135403 (1)}: HAProxy before 2.6 prints tm_yday, which begins with 0. */
    private @Nullable Instant dayOfYear(int day) {
        if (!take('/')) {
            return null;
        }
        hour = digits(2, 2);
        minute = digits(2, 2);
        second = digits(2, 2);
        if (hour < 0 || minute < 0 || second < 0 || !take(' ') || !take('(') || !isClockTime()) {
            return null;
        }
        for (int year = thisYear(); year > thisYear() - EARLIER_YEARS; year--) {
            if (day < Year.of(year).length()) {
                var date = Year.of(year).atDay(day + 1);
                Instant then = instant(year, date.getMonthValue(), date.getDayOfMonth());
                if (then != null && past(then)) {
                    return then;
                }
            }
        }
        return null;
    }

    private @Nullable Instant afterALetter() {
        int start = at;
        int month = name(MONTHS);
        if (month > 0) {
            return monthFirst(month, afterWeekday(start));
        }
        byte severity = peek();
        if (severity == 'I' || severity == 'W' || severity == 'E' || severity == 'F') {
            at++;
            return klog();
        }
        return null;
    }

    private boolean afterWeekday(int start) {
        if (start - first < 4 || bytes[start - 1] != ' ') {
            return false;
        }
        at = start - 4;
        boolean named = name(WEEKDAYS) > 0;
        at = start + 3;
        return named;
    }

    /** {@code Nov 22 01:51:05}, {@code Fri Nov 22 01:51:05.123456 2026}, {@code Nov 22, 2026 1:51:05 AM}. */
    private @Nullable Instant monthFirst(int month, boolean weekday) {
        if (!take(' ')) {
            return null;
        }
        take(' ');
        int day = digits(1, 2);
        boolean comma = take(',');
        if (day < 0 || !take(' ')) {
            return null;
        }
        int start = at;
        int year = digits(4, 4);
        if (year >= 0 && (comma || peek() == ' ')) {
            take(',');
            return take(' ') && clockTime() && halfOfDay() ? instant(year, month, day) : null;
        }
        at = start;
        if (!clockTime()) {
            return null;
        }
        if (weekday && take(' ')) {
            year = digits(4, 4);
            if (year >= 0 && !isWord(peek())) {
                return instant(year, month, day);
            }
        }
        return inSomeYear(month, day);
    }

    /** {@code I0102 15:04:05.000000}, as Kubernetes writes. */
    private @Nullable Instant klog() {
        int month = digits(2, 2);
        int day = digits(2, 2);
        return month >= 0 && day >= 0 && take(' ') && clockTime() && fraction ? inSomeYear(month, day) : null;
    }

    private boolean clockTime() {
        hour = digits(1, 2);
        if (hour < 0 || !take(':')) {
            return false;
        }
        minute = digits(2, 2);
        if (minute < 0 || !take(':')) {
            return false;
        }
        second = digits(2, 2);
        if (second < 0 || isDigit(peek()) || !isClockTime()) {
            return false;
        }
        fraction();
        offset();
        return true;
    }

    private boolean isClockTime() {
        return hour < 24 && minute < 60 && second <= 60;
    }

    private void fraction() {
        if ((peek() == '.' || peek() == ',') && at + 1 < to && isDigit(bytes[at + 1])) {
            at++;
            fraction = true;
            int weight = 100_000_000;
            for (; isDigit(peek()); at++) {
                nanos += (bytes[at] - '0') * weight;
                weight /= 10;
            }
        }
    }

    private void offset() {
        int start = at;
        boolean apart = take(' ');
        if (take('Z') || take('z') || apart && (takeWord("UTC") || takeWord("GMT"))) {
            offset = isWord(peek()) ? null : ZoneOffset.UTC;
        } else if (peek() == '+' || peek() == '-') {
            int sign = bytes[at++] == '-' ? -1 : 1;
            int hours = digits(2, 2);
            boolean colon = take(':');
            int minutes = digits(2, 2);
            boolean full = minutes >= 0 || !apart && !colon; // after a blank a number may be anything
            if (hours >= 0 && hours <= 18 && minutes < 60 && full && !isDigit(peek())) {
                int total = hours * 60 + Math.max(0, minutes);
                offset = total <= 18 * 60 ? ZoneOffset.ofTotalSeconds(sign * total * 60) : null;
            }
        }
        if (offset == null) {
            at = start;
        }
    }

    private boolean halfOfDay() {
        take(' ');
        boolean afternoon = takeWord("PM");
        if (afternoon || takeWord("AM")) {
            if (hour < 1 || hour > 12) {
                return false;
            }
            hour = hour % 12 + (afternoon ? 12 : 0);
        }
        return true;
    }

    private @Nullable Instant inSomeYear(int month, int day) {
        for (int year = thisYear(); year > thisYear() - EARLIER_YEARS; year--) {
            Instant then = instant(year, month, day);
            if (then != null && past(then)) {
                return then;
            }
        }
        return null;
    }

    private int thisYear() {
        return clock.instant().plus(AHEAD).atZone(zone).getYear();
    }

    private boolean past(Instant then) {
        return !then.isAfter(clock.instant().plus(AHEAD));
    }

    private @Nullable Instant instant(int year, int month, int day) {
        if (month < 1
                || month > 12
                || day < 1
                || day > YearMonth.of(year, month).lengthOfMonth()) {
            return null;
        }
        var local = LocalDateTime.of(year, month, day, hour, minute, Math.min(second, 59), nanos);
        return offset != null ? local.toInstant(offset) : local.atZone(zone).toInstant();
    }

    /** -1 where there are fewer; more are left. */
    private int digits(int least, int most) {
        int number = 0;
        int start = at;
        while (at - start < most && isDigit(peek())) {
            number = number * 10 + (bytes[at++] - '0');
        }
        return at - start < least ? -1 : number;
    }

    /** Which of those names of three letters stands here, from 1; 0 for none. */
    private int name(String names) {
        if (at + 3 > to || at + 3 < to && isLetter(bytes[at + 3])) {
            return 0;
        }
        for (int i = 0; i < names.length(); i += 3) {
            if ((bytes[at] | 0x20) == names.charAt(i)
                    && (bytes[at + 1] | 0x20) == names.charAt(i + 1)
                    && (bytes[at + 2] | 0x20) == names.charAt(i + 2)) {
                at += 3;
                return i / 3 + 1;
            }
        }
        return 0;
    }

    private boolean take(int letter) {
        boolean there = at < to && bytes[at] == letter;
        at += there ? 1 : 0;
        return there;
    }

    private boolean takeWord(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= to || bytes[at + i] != word.charAt(i)) {
                return false;
            }
        }
        at += word.length();
        return true;
    }

    private byte peek() {
        return at < to ? bytes[at] : 0;
    }

    private static boolean isDigit(byte letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isLetter(byte letter) {
        return (letter | 0x20) >= 'a' && (letter | 0x20) <= 'z';
    }

    static boolean isWord(byte letter) {
        return isDigit(letter) || isLetter(letter);
    }
}
