/** Sockets out of tables that are built as the headers of Windows say, and out of those of a running one. */
@NullMarked
package dev.berth.windows.sockets;

import org.jspecify.annotations.NullMarked;
