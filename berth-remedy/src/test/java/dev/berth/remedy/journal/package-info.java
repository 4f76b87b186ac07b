@NullMarked
package dev.berth.remedy.journal;

import org.jspecify.annotations.NullMarked;
