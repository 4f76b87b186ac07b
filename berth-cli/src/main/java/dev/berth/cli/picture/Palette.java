package dev.berth.cli.picture;

import dev.berth.diagnosis.map.PortKind;

/**
 * The colours of pictures, as 0xRRGGBB. What is on a port has a colour of the set by Okabe and Ito (Color Universal Design,
 * 2008), which people with any kind of colour vision can tell apart; the ground is pale.
 */
final class Palette {
    static final int PAGE = 0xFFFFFF;
    static final int INK = 0x1B1B1B;
    static final int PAGE_AT_NIGHT = 0x1A1A1A;
    static final int INK_AT_NIGHT = 0xE8E8E8;

    private Palette() {}

    static int of(PortKind kind) {
        return switch (kind) {
            case LISTENING -> 0xD55E00; // vermilion
            case BOUND_ONLY -> 0xCC79A7; // reddish purple
            case IN_USE -> 0x0072B2; // blue
            case TIME_WAIT -> 0x56B4E9; // sky blue
            case RESERVED -> 0x009E73; // bluish green
            case EXCLUDED -> 0x6B6B6B;
            case DYNAMIC -> 0xF5EDB5; // the set's yellow, pale
            case FREE -> 0xE9E9E9;
        };
    }

    /** On a dark page only the ground is another. */
    static int atNight(PortKind kind) {
        return switch (kind) {
            case LISTENING, BOUND_ONLY, IN_USE, TIME_WAIT, RESERVED -> of(kind);
            case EXCLUDED -> 0xA8A8A8;
            case DYNAMIC -> 0x575022;
            case FREE -> 0x313131;
        };
    }
}
