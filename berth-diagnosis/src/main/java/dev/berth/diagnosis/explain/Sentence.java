package dev.berth.diagnosis.explain;

import dev.berth.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * A sentence of a product, and what it says.
 *
 * @param refusal assumed where the line carries no error; null where nothing can be
 * @param protocol null where the sentence does not tell
 * @param needsError whether it counts only together with an error of a system, because it is said of other failures too
 * @param refusedByProduct whether the product's own table refuses, and no system was asked
 * @param example a real line
 * @param reads what is read from it, as {@link Clue#toString()}
 * @param source where the example is from
 */
record Sentence(
        Product product,
        Template template,
        String line,
        Operation means,
        @Nullable Refusal refusal,
        @Nullable LoggedSystem system,
        @Nullable Protocol protocol,
        Clue.Joins joins,
        boolean needsError,
        boolean refusedByProduct,
        String example,
        String reads,
        String source) {

    /** What tells it from every other. */
    String pattern() {
        return product.name() + ": " + line;
    }
}
