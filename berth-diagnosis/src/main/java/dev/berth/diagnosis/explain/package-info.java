/**
 * Reads lines of logs: what they say of ports that were not to be had. A line is recognised by structure before words: the
 * numbers and names of errors, then their texts in the languages they are printed in, then the products' own sentences, which
 * are data. Clues of neighbouring lines make one incident, and incidents that say the same are counted.
 *
 * <p>Knows no host and reads no file. May use {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.diagnosis.explain;

import org.jspecify.annotations.NullMarked;
