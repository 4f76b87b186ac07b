@NullMarked
package dev.berth.linux.configured;

import org.jspecify.annotations.NullMarked;
