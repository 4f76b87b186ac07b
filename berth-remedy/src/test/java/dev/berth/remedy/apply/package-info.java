@NullMarked
package dev.berth.remedy.apply;

import org.jspecify.annotations.NullMarked;
