/** Runs whole command lines, in this process, against hosts made up for it. */
@NullMarked
package dev.berth.cli.screen;

import org.jspecify.annotations.NullMarked;
