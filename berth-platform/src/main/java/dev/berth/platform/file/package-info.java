/**
 * Files that Berth writes: there when they are whole, and before that not at all.
 *
 * <p>May use nothing of Berth.
 */
@NullMarked
package dev.berth.platform.file;

import org.jspecify.annotations.NullMarked;
