/**
 * What is to be changed, before anything is: aims become steps, each from a value to a value, and what would do harm is
 * refused with a reason.
 *
 * <p>Looks through the door and writes nothing. May use {@code dev.berth.diagnosis}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.plan;

import org.jspecify.annotations.NullMarked;
