/**
 * Looks at a host: reads what one question needs, as few rows and processes as it takes, and hands it to
 * {@code dev.berth.diagnosis}.
 *
 * <p>May use {@code dev.berth.diagnosis}, {@code dev.berth.platform} and {@code dev.berth.net}; knows no arguments and
 * no output.
 */
@NullMarked
package dev.berth.cli.look;

import org.jspecify.annotations.NullMarked;
