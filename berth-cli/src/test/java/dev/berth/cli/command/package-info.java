/** What the words of command lines mean. */
@NullMarked
package dev.berth.cli.command;

import org.jspecify.annotations.NullMarked;
