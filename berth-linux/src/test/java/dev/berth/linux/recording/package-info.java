@NullMarked
package dev.berth.linux.recording;

import org.jspecify.annotations.NullMarked;
