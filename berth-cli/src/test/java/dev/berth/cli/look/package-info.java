@NullMarked
package dev.berth.cli.look;

import org.jspecify.annotations.NullMarked;
