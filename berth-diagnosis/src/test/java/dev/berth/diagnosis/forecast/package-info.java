/** Tests of the arithmetic of the last minute and the next. */
@org.jspecify.annotations.NullMarked
package dev.berth.diagnosis.forecast;
