/** Placeholder door plate. */
@org.jspecify.annotations.NullMarked
package dev.berth.diagnosis;
