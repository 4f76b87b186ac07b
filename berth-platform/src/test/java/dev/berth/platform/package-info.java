/** Tests of the door, and what other rooms' tests stand on: the contract and the fake host. */
@NullMarked
package dev.berth.platform;

import org.jspecify.annotations.NullMarked;
