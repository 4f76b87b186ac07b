/**
 * The rules of binding and connecting: what a kernel will answer, which sockets stand in the way and by which clause,
 * before anything is tried. Pure functions of values; whoever knows the sockets asks.
 *
 * <p>Every clause names its source, and a clause that no source states is marked as inferred. What is unknown is answered
 * with both outcomes and never guessed.
 *
 * <p>May use {@code dev.berth.net}. Everybody may use this package. Java 17.
 */
@NullMarked
package dev.berth.net.rule;

import org.jspecify.annotations.NullMarked;
