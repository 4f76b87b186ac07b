/** Runs whole command lines, in this process, against hosts made up for it. */
@NullMarked
package dev.berth.cli;

import org.jspecify.annotations.NullMarked;
