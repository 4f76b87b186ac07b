/**
 * One class per command, and the words they are called with. A {@link dev.berth.cli.command.CommandSpec} says everything
 * about how a command is called; parsing, help and completion are read from it.
 *
 * <p>May use {@code dev.berth.cli.look}, {@code .screen} and {@code .json}.
 */
@NullMarked
package dev.berth.cli.command;

import org.jspecify.annotations.NullMarked;
