/**
 * Programs of the system, run for what they say.
 *
 * <p>May use nothing of Berth.
 */
@NullMarked
package dev.berth.platform.program;

import org.jspecify.annotations.NullMarked;
