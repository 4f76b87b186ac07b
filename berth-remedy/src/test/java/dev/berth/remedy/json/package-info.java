@NullMarked
package dev.berth.remedy.json;

import org.jspecify.annotations.NullMarked;
