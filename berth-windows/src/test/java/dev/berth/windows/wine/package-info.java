/** A Windows for tests. */
@NullMarked
package dev.berth.windows.wine;

import org.jspecify.annotations.NullMarked;
