/**
 * What was read, judged: who holds a port and why it is not available, and what is wrong with the ports of a host. Pure
 * functions of what {@code dev.berth.platform} read; one class per question.
 *
 * <p>May use {@code dev.berth.net} and the values of {@code dev.berth.platform}; never a host itself, a file or a clock.
 */
@NullMarked
package dev.berth.diagnosis;

import org.jspecify.annotations.NullMarked;
