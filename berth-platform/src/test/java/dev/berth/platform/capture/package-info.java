@NullMarked
package dev.berth.platform.capture;

import org.jspecify.annotations.NullMarked;
