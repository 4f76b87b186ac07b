/**
 * One class per command, and the words they are called with. A {@link dev.berth.cli.command.CommandSpec} says everything
 * about how a command is called; parsing, help and completion are read from it.
 *
 * <p>May use {@code dev.berth.cli.look}, {@code .log}, {@code .screen}, {@code .json} and {@code .picture}, {@code dev.berth.remedy},
 * {@code dev.berth.diagnosis}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.cli.command;

import org.jspecify.annotations.NullMarked;
