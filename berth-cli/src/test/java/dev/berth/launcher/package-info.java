/** Runs the launcher as its users do: as a process, in a checkout of its own. */
@org.jspecify.annotations.NullMarked
package dev.berth.launcher;
