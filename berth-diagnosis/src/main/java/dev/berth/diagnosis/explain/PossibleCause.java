package dev.berth.diagnosis.explain;

import org.jspecify.annotations.Nullable;

/**
 * What an incident can come from.
 *
 * @param id stable: the label of a {@link dev.berth.diagnosis.Cause} or of a verdict about connects where it is one, else a
 *     name of its own
 * @param meaning one sentence
 * @param confirmed whether the host shows it now; false where it shows that it is not so; null where it was not asked or
 *     cannot tell
 */
public record PossibleCause(
        String id, String meaning, @Nullable Boolean confirmed) {}
