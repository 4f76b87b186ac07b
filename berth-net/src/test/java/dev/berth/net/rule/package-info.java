/** Tests of the language of ports, and {@link dev.berth.net.Cases}, which other rooms' tests use. */
@org.jspecify.annotations.NullMarked
package dev.berth.net.rule;
