@NullMarked
package dev.berth.remedy.log;

import org.jspecify.annotations.NullMarked;
