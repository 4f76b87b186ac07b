/**
 * Makes the changes of a plan and takes them back: one step at a time, written down before and after, proved by reading
 * back, and whole again after a crash at any point.
 *
 * <p>May use {@code dev.berth.remedy.plan}, {@code dev.berth.remedy.journal}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.apply;

import org.jspecify.annotations.NullMarked;
