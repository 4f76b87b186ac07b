package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Recognises lines: the errors of systems by number, name and text, then the sentences of products, the one that pins down
 * most first. Immutable.
 */
public final class Recogniser {
    /** Of longer lines, pieces are looked at. */
    private static final int LONGEST = 8_192;

    private static final int OVERLAP = 1_024;

    private static final Pattern EXCEPTION = Pattern.compile("^[\\w.$]{3,200}(?:Exception|Error)\\b.*", Pattern.DOTALL);
    private static final Pattern UDP = Pattern.compile("(?<!tcp/)\\budp[46]?\\b");
    private static final Pattern UNIX_SOCKET = Pattern.compile("unix:|\\.sock\\b|\\bunix (?:domain )?socket");
    private static final Pattern UNIX_CALL =
            Pattern.compile("\\b(?:dial|listen|bind|connect)(?:ing)? unix|\\(\\) to unix:|\\bunix address");

    private final ErrorReading errors;
    private final List<Sentence> sentences;
    private final int plainWords; // where the triggers of plain words begin, the last of all
    private final Literals triggers;

    Recogniser(ErrorTexts texts, List<Sentence> sentences) {
        errors = new ErrorReading(texts);
        this.sentences = List.copyOf(sentences);
        var literals = new ArrayList<String>();
        sentences.forEach(sentence -> literals.add(sentence.template().trigger()));
        literals.addAll(errors.triggers());
        plainWords = literals.size();
        literals.addAll(PlainWords.triggers());
        triggers = new Literals(literals);
    }

    /** One that knows every product that Berth ships. */
    public static Recogniser ofAllProducts() {
        ErrorTexts texts = ErrorTexts.shipped();
        return new Recogniser(texts, ProductFile.shipped(texts));
    }

    /** What a line has at least one of, if anything is found in it. */
    public Literals triggers() {
        return triggers;
    }

    /** What the line tells; null for nothing about ports. */
    @Nullable
    Clue recognise(String line) {
        for (int from = 0; from < line.length(); from += LONGEST - OVERLAP) {
            int to = Math.min(line.length(), from + LONGEST);
            Clue clue = recognisePiece(line.substring(from, to));
            if (clue != null || to == line.length()) {
                return clue;
            }
        }
        return null;
    }

    private @Nullable Clue recognisePiece(String line) {
        BitSet there = triggers.in(line);
        if (there.isEmpty()) {
            return null;
        }
        String lower = ErrorTexts.folded(line);
        LoggedError error = errors.in(line, lower, there, sentences.size());
        Sentence best = null;
        Template.Match match = null;
        for (int i = there.nextSetBit(0); i >= 0 && i < sentences.size(); i = there.nextSetBit(i + 1)) {
            Sentence sentence = sentences.get(i);
            Template.Match found = error != null || !sentence.needsError()
                    ? sentence.template().in(line, lower)
                    : null;
            if (found != null && (best == null || match == null || isBetter(sentence, found, best, match))) {
                best = sentence;
                match = found;
            }
        }
        return best == null || match == null
                ? byStructure(line, lower, error, there.length() > plainWords)
                : bySentence(best, match, line, lower, error);
    }

    /** A product knows better than what it is built on; otherwise the sentence that pins down more of the line. */
    private static boolean isBetter(Sentence one, Template.Match found, Sentence other, Template.Match before) {
        if (one.product().on().contains(other.product().name())) {
            return true;
        }
        return !other.product().on().contains(one.product().name()) && found.weight() > before.weight();
    }

    private static Clue bySentence(
            Sentence sentence, Template.Match match, String line, String lower, @Nullable LoggedError found) {
        LoggedError error = match.error() == null ? found : match.error().and(found);
        if (error == null && sentence.refusal() != null) {
            error = new LoggedError(sentence.refusal(), null, sentence.system());
        }
        if (error != null && error.system() == null) {
            error = new LoggedError(error.refusal(), error.number(), sentence.system());
        }
        Operation operation = sentence.means() == Operation.UNKNOWN ? CallWords.in(lower) : sentence.means();
        LoggedEndpoint local = match.local();
        LoggedEndpoint remote = match.remote();
        if (!sentence.template().readsEndpoints()) {
            Ends ends = Ends.in(line, operation);
            local = ends.local();
            remote = ends.remote();
        }
        return new Clue(
                sentence.product().name() + ": " + sentence.line(),
                sentence.joins(),
                flow(line),
                sentence.product().isAny() ? null : sentence.product(),
                operation,
                error,
                local,
                remote,
                sentence.protocol() != null ? sentence.protocol() : protocol(lower),
                sentence.system() != null ? sentence.system() : error == null ? null : error.system(),
                sentence.refusedByProduct());
    }

    /** Of a product that is not known. */
    private static @Nullable Clue byStructure(String line, String lower, @Nullable LoggedError error, boolean plain) {
        PlainWords.Said said = error == null && plain ? PlainWords.in(line, lower) : null;
        if (error == null && said == null) {
            return null;
        }
        Operation operation = said == null ? CallWords.in(lower) : Operation.BIND;
        Ends ends = Ends.in(line, operation);
        if (isOfUnixSocket(lower, ends)) {
            return null;
        }
        if (error == null) {
            LoggedError meant =
                    said == PlainWords.Said.IN_USE ? new LoggedError(Refusal.ADDRESS_IN_USE, null, null) : null;
            return clue("said", line, lower, operation, meant, ends);
        }
        boolean sure = switch (error.refusal()) {
            case ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE -> true;
            case ACCESS_DENIED -> operation != Operation.UNKNOWN && !ends.isEmpty();
            case NO_BUFFER_SPACE -> operation != Operation.UNKNOWN;
        };
        return sure ? clue(error.refusal().name(), line, lower, operation, error, ends) : null;
    }

    private static boolean isOfUnixSocket(String lower, Ends ends) {
        return (lower.contains("unix") || lower.contains(".sock"))
                && (UNIX_CALL.matcher(lower).find()
                        || UNIX_SOCKET.matcher(lower).find() && ends.isEmpty());
    }

    private static Clue clue(
            String pattern, String line, String lower, Operation operation, @Nullable LoggedError error, Ends ends) {
        return new Clue(
                pattern,
                Clue.Joins.ALONE,
                flow(line),
                null,
                operation,
                error,
                ends.local(),
                ends.remote(),
                protocol(lower),
                error == null ? null : error.system(),
                false);
    }

    private static @Nullable Protocol protocol(String lower) {
        return lower.contains("udp") && UDP.matcher(lower).find() ? Protocol.UDP : null;
    }

    private static Clue.Flow flow(String line) {
        if (line.isEmpty()
                || Character.isWhitespace(line.charAt(0))
                || line.startsWith("Caused by:")
                || line.startsWith("--->")) {
            return Clue.Flow.CONTINUED;
        }
        return EXCEPTION.matcher(line).matches() ? Clue.Flow.EXCEPTION : Clue.Flow.OWN;
    }
}
