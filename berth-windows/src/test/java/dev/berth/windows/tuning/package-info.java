@org.jspecify.annotations.NullMarked
package dev.berth.windows.tuning;
