/**
 * JSON that comes from outside, read into values with errors that name the field.
 *
 * <p>May use {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.json;

import org.jspecify.annotations.NullMarked;
