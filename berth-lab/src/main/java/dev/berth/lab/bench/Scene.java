package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import java.io.IOException;

/**
 * Sockets, and the commands that look at them.
 *
 * @param quickly a few of the same
 */
record Scene(String name, Population population, Population quickly, Commands lineUp) {
    /** How the commands of a scene are made. */
    interface Commands {
        LineUp make(Tools tools) throws LabException, IOException, InterruptedException;
    }
}
