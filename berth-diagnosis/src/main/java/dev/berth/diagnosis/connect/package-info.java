/**
 * Whether a client of this host can connect somewhere, as far as local ports go: one look at one destination.
 *
 * <p>May use what {@code dev.berth.diagnosis} may, and that.
 */
@NullMarked
package dev.berth.diagnosis.connect;

import org.jspecify.annotations.NullMarked;
