/**
 * Times a connect by the client library beside the kernel's own choice of the local port: a program by itself, which {@code berth lab
 * bench --scene client} starts in a private network namespace.
 *
 * <p>May use {@code dev.berth.client}. No class uses it.
 */
@NullMarked
package dev.berth.lab.client;

import org.jspecify.annotations.NullMarked;
