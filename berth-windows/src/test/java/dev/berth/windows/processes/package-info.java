/** Processes and services. */
@NullMarked
package dev.berth.windows.processes;

import org.jspecify.annotations.NullMarked;
