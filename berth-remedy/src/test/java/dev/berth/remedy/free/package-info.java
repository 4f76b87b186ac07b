@NullMarked
package dev.berth.remedy.free;

import org.jspecify.annotations.NullMarked;
