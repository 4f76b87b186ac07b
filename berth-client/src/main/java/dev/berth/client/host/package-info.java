/**
 * What the system tells about its ports without privileges: on Linux the files below {@code /proc}; elsewhere nothing
 * that Java can read, and that is what it says. Internal to the client.
 *
 * <p>May use {@code dev.berth.net} and files.
 */
@NullMarked
package dev.berth.client.host;

import org.jspecify.annotations.NullMarked;
