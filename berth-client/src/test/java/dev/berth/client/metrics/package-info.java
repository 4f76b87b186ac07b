/** Local ports in the monitoring people have: short classes to copy, and their tests. */
@NullMarked
package dev.berth.client.metrics;

import org.jspecify.annotations.NullMarked;
