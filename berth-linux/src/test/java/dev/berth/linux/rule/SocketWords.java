package dev.berth.linux.rule;

import java.util.List;
import java.util.Random;

/** Sockets drawn at random, in the words of sockets.py. */
final class SocketWords {
    static final List<String> V4 = List.of("127.0.0.1", "127.0.0.2", "127.0.0.6");
    static final List<String> V6 = List.of("::1", "::2");
    static final List<String> FAR_V4 = List.of("127.0.0.9", "127.0.0.10");

    private static final List<String> USERS = List.of("0", "0", "0", "1000");
    private static final List<String> STATES =
            List.of("ESTABLISHED", "TIME_WAIT", "CLOSE_WAIT", "FIN_WAIT2", "ORPHAN", "TIME_WAIT");

    private final Random random;
    private final List<String> devices;
    private final int mood; // most sockets of one port share alike, or few sets of them could be

    SocketWords(Random random, List<String> devices) {
        this.random = random;
        this.devices = devices;
        this.mood = random.nextInt(5);
    }

    /** What a socket is bound to. */
    record Place(String family, String address, boolean v6Only) {
        boolean isV4() {
            return !address.contains(":");
        }

        boolean isWildcard() {
            return address.equals("::") || address.equals("0.0.0.0");
        }
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    String user() {
        return one(USERS);
    }

    private String device() {
        return oneIn(8) ? one(devices) : "0";
    }

    Place place() {
        boolean wildcard = oneIn(3);
        if (random.nextBoolean()) {
            String family = oneIn(3) ? "6" : "4";
            return new Place(family, wildcard ? "0.0.0.0" : one(V4), false);
        }
        return new Place("6", wildcard ? "::" : one(V6), random.nextBoolean());
    }

    private boolean shares(int inMoods) {
        boolean usual = (inMoods >> mood & 1) != 0;
        return oneIn(5) ? random.nextBoolean() : usual;
    }

    private static String bit(boolean set) {
        return set ? "1" : "0";
    }

    /** SO_REUSEADDR and SO_REUSEPORT. */
    private String options() {
        return bit(shares(0b01010)) + "," + bit(shares(0b01100));
    }

    /** A socket for {@code port}, or for the port of the case. */
    String socket(String port, String protocol, List<String> kinds) {
        String kind = one(kinds);
        Place place = place();
        boolean towardsV4 = place.isV4() || place.isWildcard() && !place.v6Only && random.nextBoolean();
        String destination = towardsV4 ? one(FAR_V4) : "::1";
        if (kind.equals("accepted") || kind.equals("both")) {
            destination = place.isWildcard() ? (towardsV4 ? one(V4) : one(V6)) : place.address;
        }
        String address = kind.equals("auto") && (place.isWildcard() || oneIn(2)) ? "-" : place.address;
        boolean far = kind.equals("bind") || kind.equals("listen");
        boolean tcp = protocol.equals("TCP");
        return String.join(
                ",",
                port,
                kind,
                place.family,
                address,
                bit(place.v6Only),
                options(),
                user(),
                far ? device() : "0",
                destination,
                "10" + (random.nextInt(2) == 0 ? "09" : "10"),
                tcp ? one(STATES) : "ESTABLISHED",
                oneIn(10) ? bit(random.nextBoolean()) : "-",
                oneIn(16) ? "1" : "-",
                user());
    }

    String wantedBind() {
        Place place = place();
        return String.join(",", place.family, place.address, bit(place.v6Only), options(), user(), device());
    }

    /** A connect from a port of {@code first} to {@code last}, or from one that the kernel chooses. */
    String wantedConnect(int first, int last, boolean mayReusePort) {
        String how = one(List.of("auto", "auto", "any", "port"));
        boolean v6 = oneIn(4);
        String family = v6 || oneIn(4) ? "6" : "4";
        String bound = v6 ? one(List.of("::1", "::")) : one(List.of("127.0.0.1", "127.0.0.1", "127.0.0.2", "0.0.0.0"));
        int port = how.equals("port") ? first + random.nextInt(last - first + 1) : 0;
        return String.join(
                ",",
                how,
                family,
                bound,
                String.valueOf(port),
                bit(shares(0b01010)),
                bit(mayReusePort && shares(0b01100)),
                user(),
                v6 ? "::1" : one(FAR_V4),
                "10" + (random.nextInt(2) == 0 ? "09" : "10"));
    }
}
