/** What becomes of the files that Berth writes. */
@NullMarked
package dev.berth.platform.file;

import org.jspecify.annotations.NullMarked;
