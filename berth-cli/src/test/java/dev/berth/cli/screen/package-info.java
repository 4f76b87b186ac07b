/** How single things are written, apart from any command. */
@NullMarked
package dev.berth.cli.screen;

import org.jspecify.annotations.NullMarked;
