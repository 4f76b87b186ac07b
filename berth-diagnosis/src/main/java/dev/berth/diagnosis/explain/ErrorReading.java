package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.ErrorTexts.Found;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the error of a system from a line: by its number, its name and its text, which must not contradict each other. */
final class ErrorReading {
    private final ErrorTexts texts;
    private final List<String> triggers = new ArrayList<>();
    private final int names; // where the triggers of names begin, and those of numbers
    private final int numbers;

    ErrorReading(ErrorTexts texts) {
        this.texts = texts;
        triggers.addAll(texts.triggers());
        names = triggers.size();
        triggers.addAll(ErrorNames.triggers());
        numbers = triggers.size();
        triggers.addAll(ErrorNumbers.triggers());
    }

    /**
     * @param lower the line, {@link ErrorTexts#folded}
     * @param there which of {@link #triggers()} the line has, their first one at {@code from}
     */
    @Nullable
    LoggedError in(String line, String lower, BitSet there, int from) {
        int first = there.nextSetBit(from);
        if (first < 0 || first >= from + triggers.size()) {
            return null;
        }
        boolean named = any(there, from + names, from + numbers);
        Found name = named ? ErrorNames.in(lower) : null;
        Found text = texts.in(lower, there, from);
        Found told = name != null ? name : text;
        boolean announced = any(there, from + numbers, from + triggers.size());
        LoggedError numbered = told != null || announced ? number(lower, told) : null;
        if (told == null) {
            return numbered;
        }
        boolean certain = name != null || numbered != null || !texts.isCommonSpeech(lower, told);
        if (!certain && CallWords.in(lower) == Operation.UNKNOWN) {
            return null;
        }
        LoggedError error = numbered == null ? told.error() : numbered.and(told.error());
        boolean erlang = name != null && line.startsWith("e", name.start()); // words its errors alike on every system
        return text == null || erlang ? error : error.and(text.error());
    }

    private static @Nullable LoggedError number(String lower, @Nullable Found told) {
        LoggedError sure = ErrorNumbers.ofSystem(lower);
        if (told == null) {
            boolean call = CallWords.in(lower) != Operation.UNKNOWN && !lower.contains("ldap");
            return sure != null || !call ? sure : ErrorNumbers.ofAnything(lower);
        }
        Refusal refusal = told.error().refusal();
        if (sure == null || sure.refusal() != refusal) {
            sure = ErrorNumbers.ofAnything(lower);
        }
        if (sure == null || sure.refusal() != refusal) {
            sure = ErrorNumbers.beside(lower, told.start(), told.end());
        }
        return sure == null || sure.refusal() != refusal ? null : sure;
    }

    private static boolean any(BitSet there, int from, int to) {
        int next = there.nextSetBit(from);
        return next >= 0 && next < to;
    }

    /** What a line has one of, in whatever case of ASCII letters, if there is an error in it. */
    List<String> triggers() {
        return triggers;
    }
}
