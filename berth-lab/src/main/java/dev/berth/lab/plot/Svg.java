package dev.berth.lab.plot;

import java.util.Locale;

/**
 * A page of a plot, and what can be put on it. Colours are by role; a series has one of the set by Okabe and Ito (Color Universal Design,
 * 2008), which people with any kind of colour vision can tell apart, and a shape, for print.
 */
final class Svg {
    static final double LETTER = 7; // the width of one of 13 px, about
    static final double LINE = 18; // from one line of text to the next
    static final double MARGIN = 24;

    private static final String[] BY_DAY = {"#0072b2", "#d55e00", "#009e73", "#aa4499", "#b07800", "#4d4d4d"};
    private static final String[] AT_NIGHT = {"#56b4e9", "#ff8a3d", "#2fc79a", "#e08fc0", "#f0c040", "#b8b8b8"};

    /** Where a text stands at its place. */
    enum Anchor {
        START,
        MIDDLE,
        END
    }

    private final StringBuilder svg = new StringBuilder(8_192);

    Svg(double width, double height, String title) {
        add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        add("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\">\n"
                .formatted(number(width), number(height), number(width), number(height)));
        add("<title>" + xml(title) + "</title>\n<style>\n");
        add("text{font:13px system-ui,'Segoe UI','DejaVu Sans',sans-serif;fill:#1b1b1b}\n");
        add("text.title{font-size:17px;font-weight:600}\n");
        add(
                ".quiet{fill:#5c5c5c}.grid{stroke:#e4e4e4}.axis{stroke:#8a8a8a}.mark{stroke:#8a8a8a;stroke-dasharray:4 4}\n");
        add(".page{fill:#fff}.line{fill:none;stroke-width:2.2;stroke-linejoin:round}.range{stroke-width:1.4}\n");
        add(".lead{stroke-width:1;stroke-opacity:.5}\n");
        colours(BY_DAY);
        add("@media (prefers-color-scheme:dark){\n");
        add(".page{fill:#1a1a1a}text{fill:#e8e8e8}.quiet{fill:#a8a8a8}.grid{stroke:#333}.axis,.mark{stroke:#777}\n");
        colours(AT_NIGHT);
        add("}\n</style>\n");
        add("<rect class=\"page\" width=\"%s\" height=\"%s\"/>\n".formatted(number(width), number(height)));
    }

    private void colours(String... colours) {
        for (int i = 0; i < colours.length; i++) {
            add(".c%d{stroke:%s}.f%d{fill:%s}\n".formatted(i, colours[i], i, colours[i]));
        }
    }

    /** The class of what is drawn of the series in its colour. */
    static String stroke(int series) {
        return "c" + series % BY_DAY.length;
    }

    void text(String role, double x, double y, Anchor anchor, String text) {
        String type = role.isEmpty() ? "" : " class=\"" + role + "\"";
        String side =
                anchor == Anchor.START ? "" : " text-anchor=\"" + anchor.name().toLowerCase(Locale.ROOT) + "\"";
        add("<text%s x=\"%s\" y=\"%s\"%s>%s</text>\n".formatted(type, number(x), number(y), side, xml(text)));
    }

    void line(String role, double x1, double y1, double x2, double y2) {
        add("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(role, number(x1), number(y1), number(x2), number(y2)));
    }

    /**
     * @param points as {@code x,y x,y}
     */
    void path(String role, String points) {
        add("<polyline class=\"%s\" points=\"%s\"/>\n".formatted(role, points));
    }

    /** The shape of a series, its middle here. */
    void shape(int series, double x, double y) {
        String outline = switch (series % 4) {
            case 0 -> null;
            case 1 -> "-4,-4 4,-4 4,4 -4,4";
            case 2 -> "0,-5 5,4 -5,4";
            default -> "0,-5.5 5.5,0 0,5.5 -5.5,0";
        };
        String colour = "f" + series % BY_DAY.length;
        if (outline == null) {
            add("<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4.5\"/>\n".formatted(colour, number(x), number(y)));
        } else {
            add("<polygon class=\"%s\" transform=\"translate(%s %s)\" points=\"%s\"/>\n"
                    .formatted(colour, number(x), number(y), outline));
        }
    }

    String end() {
        return svg + "</svg>\n";
    }

    /** With a tenth of a pixel, and no more digits than it takes. */
    static String number(double value) {
        double tenths = Math.round(value * 10) / 10.0;
        return tenths == Math.rint(tenths) ? Long.toString((long) tenths) : Double.toString(tenths);
    }

    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void add(String text) {
        svg.append(text);
    }
}
