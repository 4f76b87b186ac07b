package dev.berth.cli.screen;

import dev.berth.net.PortRange;

/**
 * How a range of ports is laid out in characters.
 *
 * @param start the number that the first character starts at: at most the first port of the range
 * @param ports how many numbers a character stands for: a power of two
 * @param characters how many characters a full row has: a power of two
 */
record Scale(int start, int ports, int characters) {
    private static final int ROWS = 16;
    private static final int FEWEST = 8;
    private static final int MOST = 256;
    private static final int USUAL = 64; // fits 80 columns

    /** The finest scale at which the range fits rows of that width, and no more than 16 of them. */
    static Scale of(PortRange range, int columns) {
        int room = columns == Page.UNLIMITED ? USUAL : Math.clamp(columns, FEWEST, MOST);
        int characters = Integer.highestOneBit(room);
        int ports = 1;
        while (rows(range, ports, characters) > ROWS) {
            ports *= 2;
        }
        return new Scale(start(range, ports), ports, characters);
    }

    private static int rows(PortRange range, int ports, int characters) {
        int span = range.last() + 1 - start(range, ports);
        return Math.ceilDiv(span, ports * characters);
    }

    private static int start(PortRange range, int ports) {
        return range.first() / ports * ports;
    }
}
