/**
 * Windows behind the door: {@link dev.berth.windows.WindowsProvider} opens this machine or a recording of one.
 *
 * <p>{@code system} is what a Windows answers, raw, live or recorded; {@code sockets}, {@code processes} and {@code settings}
 * decode it; {@code tuning} and {@code control} change it; {@code recording} keeps it. May use {@code dev.berth.net} and
 * {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.windows;

import org.jspecify.annotations.NullMarked;
