@org.jspecify.annotations.NullMarked
package dev.berth.linux.tuning;
