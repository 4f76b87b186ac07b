/**
 * What a host is to be like: a file that people write, how it is read, and where a host differs from it.
 *
 * <p>Looks through the door and changes nothing; what is to be changed leaves it as aims, and as a plan of those
 * that can be. May use {@code dev.berth.remedy.plan}, {@code dev.berth.diagnosis}, {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.policy;

import org.jspecify.annotations.NullMarked;
