package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
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

    private static final Pattern UDP = Pattern.compile("(?<!tcp/)\\budp[46]?\\b");
    private static final Pattern UNIX_SOCKET = Pattern.compile("unix:|\\.sock\\b|\\bunix (?:domain )?socket");
    private static final Pattern ERROR_OF_PATH = Pattern.compile("\\baddress already in use:? '?/[a-z]");
    private static final Pattern UNIX_CALL =
            Pattern.compile("\\b(?:dial|listen|bind|connect)(?:ing)? unix|\\(\\) to unix:|\\bunix address");

    private record Said(Sentence sentence, Template.Match match) {
        boolean isKnownBetterBy(Said other) {
            return other.sentence().product().on().contains(sentence.product().name());
        }
    }

    /**
     * @param at where in the line what tells stands
     */
    private record Place(LineForm form, int at) {}

    private final ErrorReading errors;
    private final List<Sentence> sentences;
    private final int plainWords; // where the triggers of plain words begin, the last of all
    private final Literals triggers; // of the sentences, of the errors, of plain words
    private final List<String> literals; // the same, as they stand in a line in lower case

    Recogniser(ErrorTexts texts, List<Sentence> sentences) {
        errors = new ErrorReading(texts);
        this.sentences = List.copyOf(sentences);
        var written = new ArrayList<String>();
        sentences.forEach(sentence -> written.add(sentence.template().trigger()));
        written.addAll(errors.triggers());
        plainWords = written.size();
        written.addAll(PlainWords.triggers());
        triggers = new Literals(written);
        literals = written.stream().map(ErrorTexts::folded).toList();
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
            Clue clue = recognisePiece(line.substring(from, to), from, line);
            if (clue != null || to == line.length()) {
                return clue;
            }
        }
        return null;
    }

    private @Nullable Clue recognisePiece(String piece, int from, String line) {
        BitSet there = triggers.in(piece);
        if (there.isEmpty()) {
            return null;
        }
        String lower = ErrorTexts.folded(piece);
        LoggedError error = errors.in(piece, lower, there, sentences.size());
        List<Said> said = new ArrayList<>();
        for (int i = there.nextSetBit(0); i >= 0 && i < sentences.size(); i = there.nextSetBit(i + 1)) {
            Sentence sentence = sentences.get(i);
            Template.Match match = error != null || !sentence.needsError()
                    ? sentence.template().in(piece, lower)
                    : null;
            if (match != null) {
                said.add(new Said(sentence, match));
            }
        }
        Said best = best(said);
        boolean plain = there.length() > plainWords;
        if (best == null && error == null && !plain) {
            return null;
        }
        var place = new Place(LineForm.of(line), from + startOf(best, there, lower));
        return best == null
                ? byStructure(piece, lower, error, plain, place)
                : bySentence(best, piece, lower, error, place);
    }

    /** Where the first literal stands that may have told it. */
    private int startOf(@Nullable Said best, BitSet there, String lower) {
        if (best != null) {
            return Math.max(0, lower.indexOf(best.sentence().template().trigger()));
        }
        int first = lower.length();
        for (int i = there.nextSetBit(sentences.size()); i >= 0; i = there.nextSetBit(i + 1)) {
            int at = lower.indexOf(literals.get(i));
            first = at >= 0 && at < first ? at : first;
        }
        return first == lower.length() ? 0 : first;
    }

    /** A product knows better than what it is built on; otherwise the sentence that pins down most of the line, then that says most. */
    private static @Nullable Said best(List<Said> said) {
        if (said.size() < 2) {
            return said.isEmpty() ? null : said.getFirst();
        }
        return said.stream()
                .filter(one -> said.stream().noneMatch(other -> one.isKnownBetterBy(other)))
                .max(Comparator.comparingInt((Said one) -> one.match().weight())
                        .thenComparing(one -> one.sentence().means() != Operation.UNKNOWN)
                        .thenComparing(one -> one.sentence().system() != null)
                        .thenComparing(one -> one.sentence().pattern()))
                .orElse(said.getFirst());
    }

    private static @Nullable Clue bySentence(
            Said said, String line, String lower, @Nullable LoggedError found, Place place) {
        Sentence sentence = said.sentence();
        Template.Match match = said.match();
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
        if (error != null && isOfUnixSocket(lower, new Ends(local, remote))) {
            return null;
        }
        return new Clue(
                sentence.pattern(),
                sentence.joins(),
                place.form(),
                place.at(),
                sentence.product(),
                operation,
                error,
                local,
                remote,
                sentence.protocol() != null ? sentence.protocol() : protocol(lower),
                sentence.system() != null ? sentence.system() : error == null ? null : error.system(),
                sentence.refusedByProduct());
    }

    /** Of a product that is not known. */
    private static @Nullable Clue byStructure(
            String line, String lower, @Nullable LoggedError error, boolean plain, Place place) {
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
            return clue("said", lower, operation, meant, ends, place);
        }
        boolean sure = switch (error.refusal()) {
            case ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE -> true;
            case ACCESS_DENIED -> operation != Operation.UNKNOWN && !ends.isEmpty();
            case NO_BUFFER_SPACE -> operation != Operation.UNKNOWN;
        };
        return sure ? clue(error.refusal().name(), lower, operation, error, ends, place) : null;
    }

    private static boolean isOfUnixSocket(String lower, Ends ends) {
        boolean named = lower.contains("unix") || lower.contains(".sock");
        return named && UNIX_CALL.matcher(lower).find()
                || ends.isEmpty()
                        && (named && UNIX_SOCKET.matcher(lower).find()
                                || lower.contains(" /")
                                        && ERROR_OF_PATH.matcher(lower).find());
    }

    private static Clue clue(
            String pattern, String lower, Operation operation, @Nullable LoggedError error, Ends ends, Place place) {
        return new Clue(
                pattern,
                Clue.Joins.ALONE,
                place.form(),
                place.at(),
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
}
