/** The private namespaces of a scenario, the machines in them, and programs that run there. */
@NullMarked
package dev.berth.lab.ground;

import org.jspecify.annotations.NullMarked;
