package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.survey.CloseWait;
import dev.berth.net.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Connections that belong together and that their peers have closed.
 *
 * @param connections how many there are
 * @param old how many of them have been left for {@link #LONG_SECONDS} or more
 * @param busiest the remote endpoint most of them have; port 0 where only the address is shared
 * @param oldestSeconds for how long the first has been left at least; empty where that is not known of any
 */
record Abandoned(int connections, int old, Endpoint busiest, OptionalInt oldestSeconds) {
    /**
     * A healthy program closes within milliseconds of its peer, so even a thousand closes per second leave only a handful in
     * CLOSE_WAIT at any instant; twenty at once are more than that.
     */
    static final int FEWEST = 20;

    /**
     * Who answers a peer that has half-closed takes as long as the answer takes: hundreds may be in CLOSE_WAIT at once, each for
     * a second or two. Few answers take longer than this.
     */
    static final int LONG_SECONDS = 10;

    /** Null where they are too few, or known to be too young, to mean anything. */
    static @Nullable Abandoned of(List<CloseWait> all, Predicate<CloseWait> cameIn) {
        int old = 0;
        int unknown = 0;
        OptionalInt oldest = OptionalInt.empty();
        Map<Endpoint, Integer> peers = new HashMap<>();
        for (CloseWait one : all) {
            OptionalInt seconds = one.silentSeconds();
            if (seconds.isEmpty()) {
                unknown++;
            } else {
                old += seconds.getAsInt() >= LONG_SECONDS ? 1 : 0;
                oldest = OptionalInt.of(Math.max(oldest.orElse(0), seconds.getAsInt()));
            }
            Endpoint peer = cameIn.test(one) ? new Endpoint(one.remote().address(), 0) : one.remote();
            peers.merge(peer, 1, Integer::sum);
        }
        if (old + unknown < FEWEST) {
            return null;
        }
        Endpoint busiest = peers.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        return new Abandoned(all.size(), old, busiest, oldest);
    }

    /** Whether there are enough of those that have been left for long. */
    boolean isLasting() {
        return old >= FEWEST;
    }

    /** {@code , the oldest for at least 3 min}; empty where that is not known. */
    String forHowLong() {
        return oldestSeconds.isEmpty() ? "" : ", the oldest for at least " + Words.span(oldestSeconds.getAsInt());
    }

    /** Whose they were. */
    String from() {
        return "Most of them were connected with %s.".formatted(busiest.port() == 0 ? busiest.address() : busiest);
    }

    /** What tells for how long. */
    String since() {
        return oldestSeconds.isEmpty()
                ? "One look cannot tell for how long; a second one that shows as many settles it."
                : "The peers of %d of them have sent nothing for %d s or longer, not even an acknowledgement: they closed then or before."
                        .formatted(old, LONG_SECONDS);
    }
}
