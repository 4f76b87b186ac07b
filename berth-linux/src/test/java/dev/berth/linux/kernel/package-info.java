@NullMarked
package dev.berth.linux.kernel;

import org.jspecify.annotations.NullMarked;
