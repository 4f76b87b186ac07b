package dev.berth.diagnosis.explain;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells the call that failed by the words around the error. */
final class CallWords {
    /** What can be nothing else, the surest first. */
    private static final List<Map.Entry<Operation, Pattern>> SURE = List.of(
            words(
                    Operation.CONNECT,
                    "\\bdial(?:ing)? (?:tcp|udp)|\\bconnectex\\b|\\bconnect\\s?\\(|\\bconnect: |: connect$"
                            + "|no further information|\\bconnect error|\\bconnect e[a-z]{5,}"
                            + "|(?:failed|unable|fail|not|cannot|can't|couldn't) (?:to )?connect\\b|while connecting|error connecting"),
            words(Operation.BIND, "\\bbind\\s?\\("),
            words(Operation.LISTEN, "\\blisten\\s?\\("),
            words(
                    Operation.BIND,
                    "\\bbind(?:ing)?\\b|jvm_bind|\\bbound\\b|socketbind|\\blisten(?:ing|er)?\\b|server socket"),
            words(Operation.CONNECT, "\\b(?:re)?connect(?:ing|ion)?\\b|backend-connect|\\bupstream\\b|\\boutgoing\\b"));

    private CallWords() {}

    private static Map.Entry<Operation, Pattern> words(Operation operation, String pattern) {
        return Map.entry(operation, Pattern.compile(pattern));
    }

    /**
     * @param lower the line in lower case
     */
    static Operation in(String lower) {
        for (Map.Entry<Operation, Pattern> words : SURE) {
            Matcher matcher = words.getValue().matcher(lower);
            if (matcher.find()) {
                return words.getKey();
            }
        }
        return Operation.UNKNOWN;
    }
}
