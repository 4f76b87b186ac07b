/** Outside the library: sees what everybody sees of it. */
@NullMarked
package dev.berth.stranger;

import org.jspecify.annotations.NullMarked;
