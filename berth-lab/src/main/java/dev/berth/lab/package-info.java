/**
 * Stages failures of ports on a real kernel, in private namespaces, and shows what each remedy does to them.
 *
 * <p>{@code ground} makes the namespaces and runs programs there, {@code program} are servers and clients to run, {@code scenario} are
 * the failures, {@code client} and {@code bench} time Berth beside what others use. Knows Berth as a person does, as a command to
 * type; may use only {@code berth-net} and {@code berth-client}.
 */
@NullMarked
package dev.berth.lab;

import org.jspecify.annotations.NullMarked;
