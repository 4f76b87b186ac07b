@NullMarked
package dev.berth.remedy.plan;

import org.jspecify.annotations.NullMarked;
