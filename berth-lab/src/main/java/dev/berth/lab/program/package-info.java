/** Servers and clients that scenarios run in processes of their own. Each has a {@code main}, and tells what it counts as {@code name=value}. */
@NullMarked
package dev.berth.lab.program;

import org.jspecify.annotations.NullMarked;
