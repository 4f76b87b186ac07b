package dev.berth.cli.screen;

import dev.berth.diagnosis.map.PortKind;
import dev.berth.diagnosis.map.PortMap;

/**
 * Consecutive ports that one character stands for.
 *
 * @param kind what the character shows: a listener, however much else there is; else whatever most of the taken ports
 *     are; where none is taken, the strongest ground, so that a single reserved port is seen
 * @param taken how many of the ports have a socket
 */
record Block(PortKind kind, int taken) {
    /** The ports from {@code first} to {@code last}, all of them on the map. */
    @SuppressWarnings("EnumOrdinal") // counts by kind live in an array
    static Block of(PortMap map, int first, int last) {
        int[] counts = new int[PortKind.values().length];
        int taken = 0;
        PortKind strongest = PortKind.FREE;
        for (int port = first; port <= last; port++) {
            PortKind kind = map.at(port);
            counts[kind.ordinal()]++;
            taken += kind.isTaken() ? 1 : 0;
            strongest = kind.compareTo(strongest) < 0 ? kind : strongest;
        }
        PortKind shown = strongest;
        if (shown != PortKind.LISTENING && taken > 0) {
            for (PortKind kind : PortKind.values()) {
                shown = kind.isTaken() && counts[kind.ordinal()] > counts[shown.ordinal()] ? kind : shown;
            }
        }
        return new Block(shown, taken);
    }
}
