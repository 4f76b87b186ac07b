/**
 * Which ports the installed services are known for. May use {@code system}, {@code dev.berth.platform} and
 * {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.windows.services;

import org.jspecify.annotations.NullMarked;
