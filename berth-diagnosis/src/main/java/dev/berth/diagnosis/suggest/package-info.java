/**
 * Which port is safe to listen on.
 *
 * <p>May use what {@code dev.berth.diagnosis} may, and that.
 */
@NullMarked
package dev.berth.diagnosis.suggest;

import org.jspecify.annotations.NullMarked;
