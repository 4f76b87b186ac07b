/** The failures, each a class. */
@NullMarked
package dev.berth.lab.scenario;

import org.jspecify.annotations.NullMarked;
