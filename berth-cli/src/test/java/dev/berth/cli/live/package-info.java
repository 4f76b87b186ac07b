/** Every verdict and finding on real sockets of the running kernel, asked for as a user asks. */
@NullMarked
package dev.berth.cli.live;

import org.jspecify.annotations.NullMarked;
