/**
 * Reads logs, whatever their length, encoding and wrapping, and picks out the lines that may tell of a port: blocks of bytes go
 * through the search for literals, and only what is found there becomes text.
 *
 * <p>May use {@code dev.berth.net}, {@code dev.berth.platform} and {@code dev.berth.diagnosis.explain}; knows no arguments and
 * no output.
 */
@NullMarked
package dev.berth.cli.log;

import org.jspecify.annotations.NullMarked;
