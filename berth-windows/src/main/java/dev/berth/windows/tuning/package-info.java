/**
 * Changes settings: ranges through netsh, values of the registry, the state of services. May use {@code system},
 * {@code settings}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.tuning;

import org.jspecify.annotations.NullMarked;
