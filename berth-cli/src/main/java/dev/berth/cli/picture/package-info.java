/**
 * The map of ports as a picture file: drawn once, onto whatever canvas the format has. No java.desktop, which an image of
 * the program leaves out and servers have no fonts for.
 *
 * <p>May use {@code dev.berth.cli.look}, {@code dev.berth.cli.screen} and {@code dev.berth.diagnosis}.
 */
@NullMarked
package dev.berth.cli.picture;

import org.jspecify.annotations.NullMarked;
