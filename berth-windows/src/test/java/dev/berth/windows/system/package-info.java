/** Calls of Windows, on a Windows. */
@NullMarked
package dev.berth.windows.system;

import org.jspecify.annotations.NullMarked;
