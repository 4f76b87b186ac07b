package dev.berth.linux.configured;

/**
 * A unit that is installed.
 *
 * @param enabled whether something that the next start reaches wants it
 */
record UnitState(String name, boolean enabled) {}
