package dev.berth.lab.plot;

/**
 * One measurement.
 *
 * @param low the lowest of what {@code y} is the middle of; the same as {@code y} where it was measured once
 * @param high the highest of it
 */
public record Point(double x, double low, double y, double high) {
    public Point {
        if (!(low <= y && y <= high)) {
            throw new IllegalArgumentException("want low <= y <= high: " + low + ", " + y + ", " + high);
        }
    }

    public static Point of(double x, double y) {
        return new Point(x, y, y, y);
    }

    boolean isRange() {
        return low < high;
    }
}
