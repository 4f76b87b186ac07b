/**
 * Local ports for Java clients: a program decides which local port each outgoing connection uses, without privileges.
 * {@link dev.berth.client.LocalPorts} is the door.
 *
 * <p>May use {@code dev.berth.net}, and nothing else but the JDK. Java 17, no native code, no threads of its own. Adapters
 * for the clients people use are packages below this one; each needs the library it is named after, and nobody else does.
 */
@NullMarked
package dev.berth.client;

import org.jspecify.annotations.NullMarked;
