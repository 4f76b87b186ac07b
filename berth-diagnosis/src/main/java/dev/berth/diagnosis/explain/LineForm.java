package dev.berth.diagnosis.explain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a line stands among others, behind what a journal, syslog or a container's log put before it.
 *
 * @param writer the process or the container that such a head names; null where there is none
 * @param indent the blanks before its text
 */
record LineForm(Flow flow, @Nullable String writer, int indent) {
    /** How a line goes on with those above it. */
    enum Flow {
        /** It says something of its own. */
        OWN,
        /** An exception on a line of its own: the trace of what the line above tells, or of nothing. */
        EXCEPTION,
        /** It goes on with a text that is indented less than it is, or of which nothing is known. */
        INDENTED,
        /** It goes on with a stack trace. */
        CONTINUED
    }

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT[\\d:.,]{5,18}+(?:Z|[+-]\\d\\d:?\\d\\d)";

    /** Of compose ({@code app-1  | }), of CRI ({@code 2026-11-22T10:00:01Z stderr F }), of syslog and the journal. */
    private static final Pattern HEAD = Pattern.compile("(?:(?<container>[\\w.@/-]{1,128}+) {1,40}+\\| )?"
            + "(?:" + TIME + " std(?:out|err) [FP] )?"
            + "(?:(?:[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d|" + TIME + ") (?:[\\w.-]{1,64}+ )?"
            + "(?<program>[\\w./@-]{1,64}+(?:\\[\\d{1,10}])?): )?");

    private static final Pattern GOES_ON =
            Pattern.compile("at [\\w.$<>/@]{1,300}+ ?[(\\[]|Caused by: |Suppressed: |--->|\\.\\.\\. \\d{1,4} more");
    private static final Pattern EXCEPTION = Pattern.compile("[\\w.$]{3,200}(?:Exception|Error)\\b");

    static LineForm of(String line) {
        Matcher head = HEAD.matcher(line);
        int start = head.lookingAt() ? head.end() : 0;
        int text = start;
        while (text < line.length() && Character.isWhitespace(line.charAt(text))) {
            text++;
        }
        return new LineForm(flow(line, start, text), writer(head), text - start);
    }

    private static @Nullable String writer(Matcher head) {
        if (head.hasMatch() && head.group("container") != null) {
            return head.group("container");
        }
        String program = head.hasMatch() ? head.group("program") : null;
        return program != null && program.endsWith("]") ? program : null;
    }

    private static Flow flow(String line, int start, int text) {
        if (GOES_ON.matcher(line).region(text, line.length()).lookingAt()) {
            return Flow.CONTINUED;
        }
        if (text > start) {
            return Flow.INDENTED;
        }
        return EXCEPTION.matcher(line).region(text, line.length()).lookingAt() ? Flow.EXCEPTION : Flow.OWN;
    }

    /** Whether the text goes on with one that begins in the other form, however far above that is. */
    boolean goesOnWith(LineForm first) {
        return flow == Flow.CONTINUED || flow == Flow.INDENTED && indent > first.indent;
    }

    /** Whether both may be of the same process. */
    boolean mayBeOfWriterOf(LineForm other) {
        return writer == null || other.writer == null || writer.equals(other.writer);
    }
}
