package dev.berth.diagnosis.explain;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the call that failed by the words around the error. */
final class CallWords {
    /** So far around a key do the words reach that tell. */
    private static final int AROUND = 24;

    /**
     * @param keys one of which is in all that the pattern matches, or it is not looked for
     */
    private record Words(Operation operation, List<String> keys, Pattern pattern) {
        boolean areIn(String lower) {
            Matcher matcher = null;
            for (String key : keys) {
                for (int at = lower.indexOf(key); at >= 0; at = lower.indexOf(key, at + key.length())) {
                    matcher = matcher == null ? pattern.matcher(lower) : matcher;
                    matcher.region(Math.max(0, at - AROUND), Math.min(lower.length(), at + AROUND));
                    if (matcher.useTransparentBounds(true)
                            .useAnchoringBounds(false)
                            .find()) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** What can be nothing else, the surest first. */
    private static final List<Words> SURE = List.of(
            words(
                    Operation.CONNECT,
                    List.of("connect", "dial", "no further information"),
                    "\\bdial(?:ing)? (?:tcp|udp)|\\bconnectex\\b|\\bconnect\\s?\\(|\\bconnect: |: connect$"
                            + "|no further information|\\bconnect error|\\bconnect e[a-z]{5,}"
                            + "|(?:failed|unable|fail|not|cannot|can't|couldn't) (?:to )?connect\\b|while connecting|error connecting"),
            words(Operation.BIND, List.of("bind"), "\\bbind\\s?\\("),
            words(Operation.LISTEN, List.of("listen"), "\\blisten\\s?\\("),
            words(
                    Operation.BIND,
                    List.of("bind", "bound", "listen", "server socket"),
                    "\\bbind(?:ing)?\\b|jvm_bind|\\bbound\\b|socketbind|\\blisten(?:ing|er)?\\b|server socket"),
            words(
                    Operation.CONNECT,
                    List.of("connect", "upstream", "outgoing"),
                    "\\b(?:re)?connect(?:ing|ion)?\\b|backend-connect|\\bupstream\\b|\\boutgoing\\b"));

    private CallWords() {}

    private static Words words(Operation operation, List<String> keys, String pattern) {
        return new Words(operation, keys, Pattern.compile(pattern));
    }

    /**
     * @param lower the line in lower case
     */
    static Operation in(String lower) {
        for (Words words : SURE) {
            if (words.areIn(lower)) {
                return words.operation();
            }
        }
        return Operation.UNKNOWN;
    }
}
