package dev.berth.cli.screen;

import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;

/**
 * Consecutive ports that one character stands for.
 *
 * @param kind what the character shows: the strongest there is, so that neither a single listener nor a single reserved
 *     port drowns among its neighbours; but of connections and TIME_WAIT whichever has more ports
 * @param taken how many of the ports have a socket
 */
record Block(PortKind kind, int taken) {
    /** The ports from {@code first} to {@code last}, all of them on the map. */
    static Block of(PortMap map, int first, int last) {
        PortKind strongest = PortKind.FREE;
        int taken = 0;
        int timeWait = 0;
        for (int port = first; port <= last; port++) {
            PortKind kind = map.at(port);
            strongest = kind.compareTo(strongest) < 0 ? kind : strongest;
            taken += kind.isTaken() ? 1 : 0;
            timeWait += kind == PortKind.TIME_WAIT ? 1 : 0;
        }
        boolean mostlyTimeWait = strongest == PortKind.IN_USE && timeWait > taken - timeWait;
        return new Block(mostlyTimeWait ? PortKind.TIME_WAIT : strongest, taken);
    }
}
