/** Tests of the arithmetic of local ports. */
@org.jspecify.annotations.NullMarked
package dev.berth.diagnosis.capacity;
