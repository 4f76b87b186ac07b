/**
 * Failures as they happen, from the kernel's own event tracing, without BPF: Documentation/trace in the kernel's tree.
 *
 * <p>{@link dev.berth.linux.tracing.Tracefs} finds the file system, {@link dev.berth.linux.tracing.TraceInstance} switches
 * events on for Berth alone and off again, {@link dev.berth.linux.tracing.RawPages} fetches pages of the ring buffer,
 * {@link dev.berth.linux.tracing.TracePage} decodes them, and one class for each kind of event says what it means. May use
 * {@code kernel}, {@code processes}, {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.tracing;

import org.jspecify.annotations.NullMarked;
