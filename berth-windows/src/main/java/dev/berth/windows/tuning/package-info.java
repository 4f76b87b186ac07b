/**
 * Changes settings: ranges through netsh, values of the registry, the state of services. {@link
 * dev.berth.windows.tuning.WindowsTuning} is the way in. May use {@code system}, {@code settings}, what {@code control} does to
 * services, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.tuning;

import org.jspecify.annotations.NullMarked;
