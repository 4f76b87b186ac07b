package dev.berth.cli.picture;

import dev.berth.cli.look.Chart;
import dev.berth.diagnosis.map.PortKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A map as Scalable Vector Graphics (SVG 1.1): readable on a light page and on a dark one. */
public final class SvgPicture implements Canvas {
    private final StringBuilder svg = new StringBuilder(64 * 1024);
    private @Nullable PortKind open;

    private SvgPicture() {}

    public static void write(OutputStream out, Chart chart) throws IOException {
        var picture = new MapPicture(chart);
        var canvas = new SvgPicture();
        canvas.start(picture);
        picture.draw(canvas);
        canvas.close();
        canvas.svg.append("</svg>\n");
        out.write(canvas.svg.toString().getBytes(StandardCharsets.UTF_8));
    }

    private void start(MapPicture picture) {
        String size = "width=\"" + picture.width() + "\" height=\"" + picture.height() + "\"";
        svg.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" ").append(size);
        svg.append(" viewBox=\"0 0 ")
                .append(picture.width())
                .append(' ')
                .append(picture.height())
                .append("\">\n");
        svg.append("<title>").append(xml(picture.title())).append("</title>\n");
        style();
        svg.append("<rect class=\"page\" ")
                .append(size)
                .append(" fill=\"")
                .append(css(Palette.PAGE))
                .append("\"/>\n");
    }

    private void style() {
        svg.append("<style>\ntext{font-family:monospace;fill:")
                .append(css(Palette.INK))
                .append("}\n");
        svg.append("@media (prefers-color-scheme:dark){\n");
        svg.append(".page{fill:").append(css(Palette.PAGE_AT_NIGHT)).append("}\n");
        svg.append("text{fill:").append(css(Palette.INK_AT_NIGHT)).append("}\n");
        for (PortKind kind : PortKind.values()) {
            if (Palette.atNight(kind) != Palette.of(kind)) {
                svg.append('.')
                        .append(kind.label())
                        .append("{fill:")
                        .append(css(Palette.atNight(kind)))
                        .append("}\n");
            }
        }
        svg.append("}\n</style>\n");
    }

    @Override
    public void fill(PortKind kind, int x, int y, int width, int height) {
        if (kind != open) {
            close();
            open = kind;
            svg.append("<g class=\"").append(kind.label()).append("\" fill=\"");
            svg.append(css(Palette.of(kind))).append("\" shape-rendering=\"crispEdges\">\n");
        }
        svg.append("<rect x=\"").append(x).append("\" y=\"").append(y);
        svg.append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\"/>\n");
    }

    /** The letters of most monospaced fonts are 0.6 em wide and their capitals 0.7 em high, so the em is ten units. */
    @Override
    public void text(int x, int y, int size, String text) {
        close();
        svg.append("<text x=\"").append(x).append("\" y=\"").append(y + LETTER_HEIGHT * size);
        svg.append("\" font-size=\"").append(10 * size);
        svg.append("\" textLength=\"")
                .append(LETTER_WIDTH * size * text.length())
                .append("\">");
        svg.append(xml(text)).append("</text>\n");
    }

    private void close() {
        if (open != null) {
            svg.append("</g>\n");
            open = null;
        }
    }

    private static String css(int rgb) {
        String hex = Integer.toHexString(rgb);
        return "#" + "0".repeat(6 - hex.length()) + hex;
    }

    /** The text as the content of an element: what XML gives a meaning to is written as a reference. */
    private static String xml(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
