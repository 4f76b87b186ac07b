package dev.berth.diagnosis.capacity;

import dev.berth.net.PortRange;
import java.util.Arrays;

/** A system as it comes, for questions about hosts that are not there: its range, and how long it keeps a closed connection. */
@SuppressWarnings("ImmutableEnumChecker") // a pool is a value
public enum Profile {
    LINUX("linux", Pool.OF_LINUX, Numbers.LONGEST_OF_LINUX, Numbers.CONSTANT, true),
    /** Vista, Server 2008 and later. */
    WINDOWS(
            "windows",
            Pool.OF_WINDOWS,
            Numbers.LONGEST_OF_WINDOWS,
            "30 to 240 s are documented, and documents contradict each other",
            false),
    /** Windows 2000: TechNet cc938217 and KB 196271. */
    WINDOWS_2000(
            "windows-2000",
            Pool.of(new PortRange(1_025, 5_000)),
            Numbers.LONGEST_OF_WINDOWS,
            "TcpTimedWaitDelay's documented default",
            false),
    /** Server 2003, with the 4 minutes that texts of its time count with. */
    WINDOWS_2003(
            "windows-2003",
            Pool.of(new PortRange(1_025, 5_000)),
            Numbers.LONGEST_OF_WINDOWS,
            "what texts of the time assume; KB 314053 has 120 s for IPv4",
            false);

    private final String label;
    private final Pool pool;
    private final double timeWaitSeconds;
    private final String timeWaitWhy;
    private final boolean linux;

    Profile(String label, Pool pool, double timeWaitSeconds, String timeWaitWhy, boolean linux) {
        this.label = label;
        this.pool = pool;
        this.timeWaitSeconds = timeWaitSeconds;
        this.timeWaitWhy = timeWaitWhy;
        this.linux = linux;
    }

    /** The one with that name, which is one of theirs. */
    public static Profile labelled(String label) {
        return Arrays.stream(values())
                .filter(profile -> profile.label.equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Its numbers, and for the rest what is assumed of everybody. */
    Numbers numbers() {
        Numbers numbers = Numbers.of(
                new Sourced<>(pool, Origin.PROFILE),
                new Sourced<>(timeWaitSeconds, this == WINDOWS ? Origin.ASSUMED : Origin.PROFILE),
                timeWaitWhy,
                linux,
                linux ? Double.valueOf(1) : null);
        return this == WINDOWS_2000 || this == WINDOWS_2003 ? numbers.unshared() : numbers;
    }
}
