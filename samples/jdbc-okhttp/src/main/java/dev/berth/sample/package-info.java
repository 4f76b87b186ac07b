/** Fetches records over HTTP and stores them by JDBC, plainly and with local ports of its own. To be copied from. */
@NullMarked
package dev.berth.sample;

import org.jspecify.annotations.NullMarked;
