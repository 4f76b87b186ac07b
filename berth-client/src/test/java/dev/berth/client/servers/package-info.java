/**
 * Real servers for the tests: the distribution's programs, each in a directory of its own, stopped when closed. A missing
 * program skips the test, and fails it where {@code CI} is set.
 */
@NullMarked
package dev.berth.client.servers;

import org.jspecify.annotations.NullMarked;
