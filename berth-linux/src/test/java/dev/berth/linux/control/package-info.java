@NullMarked
package dev.berth.linux.control;

import org.jspecify.annotations.NullMarked;
