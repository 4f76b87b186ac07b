/**
 * Records a Windows, and opens such recordings anywhere. May use every room of {@code dev.berth.windows}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.recording;

import org.jspecify.annotations.NullMarked;
