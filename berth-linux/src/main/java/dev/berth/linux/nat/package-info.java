/**
 * The rules that send connections to a port elsewhere: what {@code nft} and {@code iptables-save} list, as chains, and one
 * walk from the hooks through their jumps to each destination NAT.
 *
 * <p>May use {@code dev.berth.linux.kernel}, {@code dev.berth.net} and {@code dev.berth.platform}.
 */
@NullMarked
package dev.berth.linux.nat;

import org.jspecify.annotations.NullMarked;
