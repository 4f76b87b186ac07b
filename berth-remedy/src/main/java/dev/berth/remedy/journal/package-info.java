/**
 * What Berth has changed about the settings of this host, and may have to take back: written down before it is done, never
 * rewritten, and read again after a crash.
 *
 * <p>May use {@code dev.berth.remedy.plan}, {@code dev.berth.remedy.log} for who acted and where, {@code dev.berth.remedy.json},
 * {@code dev.berth.diagnosis} for the risk of a step, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.journal;

import org.jspecify.annotations.NullMarked;
