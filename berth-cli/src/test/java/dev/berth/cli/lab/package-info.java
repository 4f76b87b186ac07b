/** Every scenario of {@code berth lab}, played in its quick form on the real kernel. */
@NullMarked
package dev.berth.cli.lab;

import org.jspecify.annotations.NullMarked;
