/** Real products that are made to fail on this host: what {@code berth explain} reads from the logs they really leave. */
@NullMarked
package dev.berth.cli.explain.products;

import org.jspecify.annotations.NullMarked;
