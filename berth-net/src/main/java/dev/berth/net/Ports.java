package dev.berth.net;

/** Reads port numbers as people write them. */
final class Ports {
    static final int LAST = 65_535;

    private Ports() {}

    /**
     * The port that {@code text} names.
     *
     * @throws IllegalArgumentException unless it is a whole number from {@code lowest} to 65535
     */
    static int parse(String text, int lowest) {
        int port = text.isEmpty() || text.length() > 5 ? -1 : 0;
        for (int i = 0; i < text.length() && port >= 0; i++) {
            int digit = text.charAt(i) - '0';
            port = digit < 0 || digit > 9 ? -1 : port * 10 + digit;
        }
        if (port < lowest || port > LAST) {
            throw new IllegalArgumentException(
                    "'%s' is not a port: want a number from %d to %d".formatted(text, lowest, LAST));
        }
        return port;
    }
}
