@NullMarked
package dev.berth.linux.sockets;

import org.jspecify.annotations.NullMarked;
