package dev.berth.cli.log;

import dev.berth.diagnosis.explain.Literals;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes text of the bytes of a line: UTF-8, or else windows-1252. What is escaped in JSON is unescaped, and what colours a
 * terminal is left out.
 */
final class LineText {
    /** A message of so few lines is one sentence; one of more is a stack trace, each line of which counts. */
    private static final int LINES_OF_A_MESSAGE = 3;

    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private final Literals triggers;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
    private long foreign;

    LineText(Literals triggers) {
        this.triggers = triggers;
    }

    /** How many lines were no UTF-8. */
    long foreign() {
        return foreign;
    }

    /** @param told the line; where it is JSON that holds a stack trace, each line of that which has a trigger */
    void of(byte[] bytes, int from, int to, Consumer<String> told) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        String line = decoded(bytes, from, end);
        String flat = line.stripLeading().startsWith("{") ? JsonEscapes.undone(line) : line;
        if (flat.indexOf('\n') < 0) {
            told.accept(AnsiCodes.removed(flat));
            return;
        }
        List<String> parts = List.of(flat.split("\r?\n", -1));
        if (parts.getLast().startsWith("\"") && !hasTrigger(parts.getLast())) {
            parts = parts.subList(0, parts.size() - 1); // other fields, behind a message that ends its line
        }
        List<String> telling = parts.stream().filter(this::hasTrigger).toList();
        if (parts.size() <= LINES_OF_A_MESSAGE || telling.isEmpty()) {
            telling = List.of(String.join(" ", parts));
        }
        telling.forEach(text -> told.accept(AnsiCodes.removed(text)));
    }

    private boolean hasTrigger(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return triggers.find(bytes, 0, bytes.length) >= 0;
    }

    private String decoded(byte[] bytes, int from, int to) {
        CharBuffer chars = CharBuffer.allocate(to - from);
        boolean malformed = utf8.reset()
                .decode(ByteBuffer.wrap(bytes, from, to - from), chars, true)
                .isError();
        if (malformed) {
            foreign++;
            return new String(bytes, from, to - from, WINDOWS);
        }
        return chars.flip().toString();
    }
}
