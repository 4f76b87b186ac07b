@NullMarked
package dev.berth.linux.nat;

import org.jspecify.annotations.NullMarked;
