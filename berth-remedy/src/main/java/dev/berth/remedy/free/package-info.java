/**
 * Gets a port free: a plan of acts, gentlest first, and the acting itself, which looks again before each act and proves
 * the result with a bind. Nothing here can be undone, so nothing here is done on a guess.
 *
 * <p>May use {@code dev.berth.remedy.log}, {@code dev.berth.diagnosis}, {@code dev.berth.platform} and
 * {@code dev.berth.net}; parses no arguments and writes no output. What it says is for
 * who typed {@code berth free}, and names the options of that command: refusals, advice and reasons are worded here.
 */
@NullMarked
package dev.berth.remedy.free;

import org.jspecify.annotations.NullMarked;
