/**
 * Benches of the client library: what finding a port costs by itself (JMH), and a connect beside the kernel's own choice.
 *
 * <p>May use everything. Nobody uses it, and nothing that is delivered contains it.
 */
@NullMarked
package dev.berth.lab.client;

import org.jspecify.annotations.NullMarked;
