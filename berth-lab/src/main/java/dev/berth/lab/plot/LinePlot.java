package dev.berth.lab.plot;

import dev.berth.lab.plot.Svg.Anchor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over two axes, each with its name at its end; a bar through a point goes from the lowest to the highest.
 *
 * @param title one line
 * @param note a second line, in a quieter voice: the machine, how often it was measured; may be empty
 * @param marks places of the horizontal axis with something to say
 */
public record LinePlot(String title, String note, Axis across, Axis up, List<Series> series, List<Mark> marks) {
    private static final double WIDTH = 560; // of the lines alone
    private static final double HEIGHT = 300;
    private static final int MOST_SHAPES = 40; // of one line; more are a smear

    public LinePlot(String title, String note, Axis across, Axis up, List<Series> series) {
        this(title, note, across, up, series, List.of());
    }

    public LinePlot {
        series = List.copyOf(series);
        marks = List.copyOf(marks);
        if (series.isEmpty()) {
            throw new IllegalArgumentException("a plot of nothing");
        }
    }

    /** The whole as an SVG document. */
    public String svg() {
        return new Drawing().draw();
    }

    private double[] all(ToDoubleFunction<Point> first, ToDoubleFunction<Point> second) {
        return series.stream()
                .flatMap(one -> one.points().stream())
                .flatMapToDouble(point -> DoubleStream.of(first.applyAsDouble(point), second.applyAsDouble(point)))
                .toArray();
    }

    /** The plot with everything at its place, in pixels. */
    private final class Drawing {
        final Scale xs = across.over(all(Point::x, Point::x));
        final Scale ys = up.over(all(Point::low, Point::high));
        final double top = Svg.MARGIN + (note.isEmpty() ? 3 : 4.5) * Svg.LINE;
        final double bottom = top + HEIGHT;
        final double left = Svg.MARGIN
                + Svg.LETTER * longest(ys.ticks().stream().map(Scale::text).toList())
                + 10;
        final double right = left + WIDTH;
        final double names = right + 2 * Svg.LINE;
        final double width = Math.max(
                        names
                                + Svg.LETTER
                                        * longest(series.stream()
                                                .map(Series::name)
                                                .toList()),
                        Math.max(9.5 * title.length(), Svg.LETTER * note.length()) + Svg.MARGIN)
                + Svg.MARGIN;
        final Svg svg = new Svg(width, bottom + 3 * Svg.LINE + Svg.MARGIN / 2, title);

        private static int longest(List<String> texts) {
            return texts.stream().mapToInt(String::length).max().orElse(0);
        }

        String draw() {
            svg.text("title", Svg.MARGIN, Svg.MARGIN + 14, Anchor.START, title);
            if (!note.isEmpty()) {
                svg.text("quiet", Svg.MARGIN, Svg.MARGIN + 14 + Svg.LINE + 3, Anchor.START, note);
            }
            axes();
            marks.forEach(this::mark);
            for (int i = 0; i < series.size(); i++) {
                line(i);
            }
            names();
            return svg.end();
        }

        private void axes() {
            svg.text("quiet", Svg.MARGIN, top - 14, Anchor.START, up.label());
            for (double tick : ys.ticks()) {
                svg.line("grid", left, y(tick), right, y(tick));
                svg.text("quiet", left - 10, y(tick) + 4.5, Anchor.END, Scale.text(tick));
            }
            svg.line("axis", left, bottom, right, bottom);
            for (double tick : xs.ticks()) {
                svg.line("axis", x(tick), bottom, x(tick), bottom + 5);
                svg.text("quiet", x(tick), bottom + 5 + Svg.LINE, Anchor.MIDDLE, Scale.text(tick));
            }
            svg.text("quiet", (left + right) / 2, bottom + 5 + 2 * Svg.LINE + 4, Anchor.MIDDLE, across.label());
        }

        private void mark(Mark mark) {
            svg.line("mark", x(mark.x()), top, x(mark.x()), bottom);
            boolean rightHalf = x(mark.x()) > (left + right) / 2;
            double side = rightHalf ? -6 : 6;
            svg.text("quiet", x(mark.x()) + side, top + 12, rightHalf ? Anchor.END : Anchor.START, mark.text());
        }

        private void line(int i) {
            List<Point> points = series.get(i).points();
            for (Point point : points) {
                if (point.isRange()) {
                    svg.line("range " + Svg.stroke(i), x(point.x()), y(point.low()), x(point.x()), y(point.high()));
                }
            }
            svg.path(
                    "line " + Svg.stroke(i),
                    points.stream()
                            .map(point -> Svg.number(x(point.x())) + "," + Svg.number(y(point.y())))
                            .collect(Collectors.joining(" ")));
            if (points.size() <= MOST_SHAPES) {
                points.forEach(point -> svg.shape(i, x(point.x()), y(point.y())));
            }
        }

        /** Each beside the end of its line, moved down or up as far as it takes not to lie on another. */
        private void names() {
            List<Integer> downwards = IntStream.range(0, series.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> y(end(i).y())))
                    .toList();
            var places = new ArrayList<Double>();
            double free = top;
            for (int i : downwards) {
                double place = Math.max(free, y(end(i).y()));
                places.add(place);
                free = place + Svg.LINE;
            }
            double over = places.getLast() - bottom;
            for (int at = places.size() - 1; at >= 0 && over > 0; at--) {
                double place = places.get(at) - over;
                places.set(at, place);
                over = at == 0 ? 0 : places.get(at - 1) + Svg.LINE - place;
            }
            for (int at = 0; at < places.size(); at++) {
                int i = downwards.get(at);
                svg.line("lead " + Svg.stroke(i), x(end(i).x()), y(end(i).y()), names - 12, places.get(at));
                svg.shape(i, names - 8, places.get(at));
                svg.text(
                        "",
                        names + 2,
                        places.get(at) + 4.5,
                        Anchor.START,
                        series.get(i).name());
            }
        }

        private Point end(int i) {
            return series.get(i).points().getLast();
        }

        private double x(double value) {
            return left + WIDTH * xs.place(value);
        }

        private double y(double value) {
            return bottom - HEIGHT * ys.place(value);
        }
    }
}
