package dev.berth.net;

import java.util.ArrayList;
import java.util.Random;

/** Values drawn at random, for {@link Cases}. */
public final class Given {
    private Given() {}

    public static int port(Random random) {
        return 1 + random.nextInt(65_535);
    }

    public static PortRange portRange(Random random) {
        int one = port(random);
        int other = random.nextBoolean() ? one : port(random);
        return new PortRange(Math.min(one, other), Math.max(one, other));
    }

    /** A few short ranges, close enough together to touch and overlap at times. */
    public static PortSet portSet(Random random) {
        var ranges = new ArrayList<PortRange>();
        int near = 1 + random.nextInt(65_000);
        for (int i = random.nextInt(12); i > 0; i--) {
            int first = Math.min(65_535, near + random.nextInt(60));
            ranges.add(new PortRange(first, Math.min(65_535, first + random.nextInt(6))));
        }
        if (random.nextInt(8) == 0) {
            ranges.add(new PortRange(65_535, 65_535));
        }
        return PortSet.of(ranges);
    }

    /** Wildcards, loopback, IPv4 and IPv6 with runs of zeros, in fair shares. */
    public static IpAddress address(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> IpAddress.ANY_V4;
            case 1 -> IpAddress.ANY_V6;
            case 2 -> new IpAddress(0, 1);
            case 3 -> IpAddress.v4(random.nextInt());
            default -> new IpAddress(sparse(random), sparse(random));
        };
    }

    public static Endpoint endpoint(Random random) {
        return new Endpoint(address(random), random.nextInt(65_536));
    }

    private static long sparse(Random random) {
        long groups = random.nextLong();
        for (int i = 0; i < 4; i++) {
            if (random.nextBoolean()) {
                groups &= ~(0xffffL << (16 * i));
            }
        }
        return groups;
    }
}
