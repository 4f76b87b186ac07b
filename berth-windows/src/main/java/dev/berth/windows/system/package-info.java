/**
 * What Berth asks of Windows, as raw replies: one class per library, no judgement. {@link dev.berth.windows.system.WindowsSystem}
 * is the way in. May use {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.system;

import org.jspecify.annotations.NullMarked;
