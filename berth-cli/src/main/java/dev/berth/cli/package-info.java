/**
 * The entry: takes words, runs one command, and turns what goes wrong into an exit code and three lines on standard
 * error.
 *
 * <p>May use the packages below it, {@code dev.berth.diagnosis}, {@code dev.berth.platform} and {@code dev.berth.net}.
 * Operating systems are found as services and never named.
 */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
