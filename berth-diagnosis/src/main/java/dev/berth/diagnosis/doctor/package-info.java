/**
 * What is wrong with the ports of a host, or will be: each kind of finding is one class, which knows how it is found, how it
 * is said and what to do about it; and the destinations with what is left of them.
 *
 * <p>May use what {@code dev.berth.diagnosis} may, and that.
 */
@NullMarked
package dev.berth.diagnosis.doctor;

import org.jspecify.annotations.NullMarked;
