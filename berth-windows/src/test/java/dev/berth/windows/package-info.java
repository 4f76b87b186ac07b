/** Windows behind the door, on a Windows. */
@NullMarked
package dev.berth.windows;

import org.jspecify.annotations.NullMarked;
