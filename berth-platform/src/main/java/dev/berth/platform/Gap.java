package dev.berth.platform;

/**
 * Something Berth could not look at.
 *
 * @param what what is missing from the answer, such as {@code owners of 3 sockets}
 * @param why what stood in the way, and what would remove it
 */
public record Gap(String what, String why) {}
