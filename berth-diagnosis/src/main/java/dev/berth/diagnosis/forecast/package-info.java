/**
 * What the closes of the last minute say about the next one: pure arithmetic over counts, without hosts and sockets.
 *
 * <p>Uses nothing but itself.
 */
@NullMarked
package dev.berth.diagnosis.forecast;

import org.jspecify.annotations.NullMarked;
