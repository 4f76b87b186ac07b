package dev.berth.diagnosis.explain;

import dev.berth.diagnosis.explain.ErrorTexts.Found;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the error of a system from a line: by its number, its name and its text, which must not contradict each other. */
final class ErrorReading {
    private final ErrorTexts texts;

    ErrorReading(ErrorTexts texts) {
        this.texts = texts;
    }

    /**
     * @param lower the line, {@link ErrorTexts#folded}
     */
    @Nullable
    LoggedError in(String line, String lower) {
        Found name = ErrorNames.in(lower);
        Found text = texts.in(lower);
        Found told = name != null ? name : text;
        LoggedError numbered = number(lower, told);
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

    /** What a line has one of, in whatever case of ASCII letters, if there is an error in it. */
    List<String> triggers() {
        var all = new ArrayList<>(texts.triggers());
        all.addAll(ErrorNames.triggers());
        all.addAll(ErrorNumbers.triggers());
        return all;
    }
}
