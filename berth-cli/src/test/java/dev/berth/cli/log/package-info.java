/** Tests of how logs are read. */
@NullMarked
package dev.berth.cli.log;

import org.jspecify.annotations.NullMarked;
