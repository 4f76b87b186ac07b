@NullMarked
package dev.berth.linux.tracing;

import org.jspecify.annotations.NullMarked;
