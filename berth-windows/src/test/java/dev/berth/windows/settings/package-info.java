/** What netsh, the registry and the event log of real machines printed, and what Berth makes of it. */
@NullMarked
package dev.berth.windows.settings;

import org.jspecify.annotations.NullMarked;
