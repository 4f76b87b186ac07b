@NullMarked
package dev.berth.remedy.policy;

import org.jspecify.annotations.NullMarked;
