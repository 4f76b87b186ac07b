/** The commands, and the tests of every room, on a Windows JVM under Wine. */
@NullMarked
package dev.berth.cli.windows;

import org.jspecify.annotations.NullMarked;
