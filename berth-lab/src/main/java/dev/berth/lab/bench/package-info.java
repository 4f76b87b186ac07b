/**
 * Times Berth beside the tools people use, on the same sockets, in one interleaved run.
 *
 * <p>{@link Scenes} are the tables that are read, {@link LineUp} the commands that read them, {@link Rounds} how they are timed, {@link
 * Budgets} what is wanted of the ratios. The C programs beside these classes make the sockets, time a command, and are the least that
 * reads them all.
 */
@NullMarked
package dev.berth.lab.bench;

import org.jspecify.annotations.NullMarked;
