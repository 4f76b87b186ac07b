package dev.berth.lab.plot;

import java.util.List;

/**
 * One way to do it, measured several times.
 *
 * @param name a few words, which stand beside the end of its line
 * @param points in the order in which they are joined
 */
public record Series(String name, List<Point> points) {
    public Series {
        points = List.copyOf(points);
        if (points.isEmpty()) {
            throw new IllegalArgumentException(name + " has no points");
        }
    }
}
