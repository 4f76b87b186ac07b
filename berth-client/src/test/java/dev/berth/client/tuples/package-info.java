@NullMarked
package dev.berth.client.tuples;

import org.jspecify.annotations.NullMarked;
