/**
 * What is to be changed, before anything is: aims become steps, each from a value to a value, and what would do harm is
 * refused with a reason.
 *
 * <p>Looks through the door and changes nothing; a plan may be written as a document and read again. May use
 * {@code dev.berth.remedy.json}, {@code dev.berth.remedy.log} for who makes plans and changes, {@code dev.berth.diagnosis},
 * {@code dev.berth.platform} and {@code dev.berth.net}.
 */
@NullMarked
package dev.berth.remedy.plan;

import org.jspecify.annotations.NullMarked;
