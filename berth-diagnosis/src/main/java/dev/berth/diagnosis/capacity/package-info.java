/**
 * How many connections a second the local ports carry, what a wished rate takes, and what reaches it: arithmetic alone.
 *
 * <p>May use what {@code dev.berth.diagnosis} may, and that.
 */
@NullMarked
package dev.berth.diagnosis.capacity;

import org.jspecify.annotations.NullMarked;
