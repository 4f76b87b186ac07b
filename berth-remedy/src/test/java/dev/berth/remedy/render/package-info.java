@NullMarked
package dev.berth.remedy.render;

import org.jspecify.annotations.NullMarked;
