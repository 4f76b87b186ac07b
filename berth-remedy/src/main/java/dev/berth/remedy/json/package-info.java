/**
 * JSON that comes from outside, read into values with errors that name the field, and text written where it may be missing.
 *
 * <p>May use no other room of Berth.
 */
@NullMarked
package dev.berth.remedy.json;

import org.jspecify.annotations.NullMarked;
