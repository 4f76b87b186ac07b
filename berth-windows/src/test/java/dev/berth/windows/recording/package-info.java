/** What a recording of Windows holds, and what it must not. */
@NullMarked
package dev.berth.windows.recording;

import org.jspecify.annotations.NullMarked;
