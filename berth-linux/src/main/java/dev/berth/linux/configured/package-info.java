/**
 * What a Linux host is configured to run: the ports in systemd's socket units and in the configuration files of known
 * products, whether they run now or not. {@code docs/configured-services.md} says how a product is added.
 *
 * <p>{@link dev.berth.linux.configured.ConfiguredServicesReader} is the way in. May use {@code dev.berth.linux.kernel}'s
 * files, {@code dev.berth.net} and {@code dev.berth.platform}. Every file is other people's text: bounded, never executed,
 * and garbage in it is passed over.
 */
@NullMarked
package dev.berth.linux.configured;

import org.jspecify.annotations.NullMarked;
