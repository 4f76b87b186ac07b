package dev.berth.cli.screen;

import dev.berth.diagnosis.map.PortKind;

/**
 * The characters of a map. Each kind has its own letter where there is no colour; where there is, taken blocks are shades
 * that tell how full they are. The colours are those nearest to the palette of the pictures.
 */
final class Mark {
    private static final String SHADES = "░▒▓█";

    private Mark() {}

    /**
     * @param ports how many ports the block has
     */
    static char of(Ink ink, Block block, int ports) {
        PortKind kind = block.kind();
        char letter = letter(kind);
        if (kind == PortKind.LISTENING || !kind.isTaken()) {
            return letter;
        }
        if (ink == Ink.PLAIN) {
            return block.taken() * 2 >= ports ? letter : Character.toLowerCase(letter);
        }
        return SHADES.charAt((block.taken() * SHADES.length() - 1) / ports);
    }

    /** What the legend shows of a kind. */
    static String sample(Ink ink, PortKind kind) {
        char letter = letter(kind);
        if (kind == PortKind.LISTENING || !kind.isTaken()) {
            return String.valueOf(letter);
        }
        return ink == Ink.PLAIN ? letter + " " + Character.toLowerCase(letter) : "▒█";
    }

    private static char letter(PortKind kind) {
        return switch (kind) {
            case LISTENING -> 'L';
            case BOUND_ONLY -> 'B';
            case IN_USE -> 'C'; // connections
            case TIME_WAIT -> 'T';
            case RESERVED -> 'R';
            case EXCLUDED -> 'X';
            case DYNAMIC -> ':';
            case FREE -> '.';
        };
    }

    static String painted(Ink ink, PortKind kind, String text) {
        return switch (kind) {
            case LISTENING -> ink.red(text);
            case BOUND_ONLY -> ink.magenta(text);
            case IN_USE -> ink.blue(text);
            case TIME_WAIT -> ink.cyan(text);
            case RESERVED -> ink.green(text);
            case EXCLUDED -> ink.bold(text);
            case DYNAMIC -> ink.brown(text);
            case FREE -> ink.dim(text);
        };
    }
}
