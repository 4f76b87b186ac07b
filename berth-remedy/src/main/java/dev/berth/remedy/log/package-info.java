/**
 * What Berth has done to this host: one line before each act and one after it, in a file that only its owner reads.
 *
 * <p>May use {@code dev.berth.remedy.json}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.log;

import org.jspecify.annotations.NullMarked;
