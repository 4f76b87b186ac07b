/**
 * Chosen local ports for Netty 4.2: {@link dev.berth.client.netty.NettyLocalPorts} is the door, and {@link
 * dev.berth.client.netty.EpollPorts} what Linux does by itself where the epoll transport is used.
 *
 * <p>May use {@code dev.berth.client}, and Netty's {@code netty-transport}; {@code EpollPorts} its epoll classes too.
 */
@NullMarked
package dev.berth.client.netty;

import org.jspecify.annotations.NullMarked;
