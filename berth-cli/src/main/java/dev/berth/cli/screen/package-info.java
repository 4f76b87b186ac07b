/**
 * Answers as text for people: one class per screen. Names and command lines of processes are other people's text and
 * are escaped here.
 */
@NullMarked
package dev.berth.cli.screen;

import org.jspecify.annotations.NullMarked;
