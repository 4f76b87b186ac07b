package dev.berth.linux.nat;

import dev.berth.platform.NatRules.Destination;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses traffic is for.
 *
 * @param among it is for one in these blocks; null for every one
 * @param except and for none in these, which are negated
 */
record Destinations(@Nullable List<Destination> among, List<Destination> except) {
    static final Destinations EVERY = new Destinations(null, List.of());

    static Destinations among(List<Destination> blocks) {
        return new Destinations(List.copyOf(blocks), List.of());
    }

    static Destinations except(List<Destination> blocks) {
        return new Destinations(null, blocks.stream().map(Blocks::negated).toList());
    }

    Destinations and(Destinations other) {
        if (other.equals(EVERY)) {
            return this;
        }
        List<Destination> both = among == null
                ? other.among
                : other.among == null ? among : List.copyOf(Blocks.common(among, other.among));
        if (other.except.isEmpty()) {
            return new Destinations(both, except);
        }
        return new Destinations(
                both,
                Stream.concat(except.stream(), other.except.stream()).distinct().toList());
    }

    boolean isNothing() {
        return among != null && among.isEmpty();
    }

    /** Whether each of the other's addresses is surely one of these. */
    boolean cover(Destinations other) {
        if (equals(other)) {
            return true;
        }
        return except.isEmpty()
                && (among == null
                        || other.among != null
                                && other.among.stream()
                                        .allMatch(inner ->
                                                among.stream().anyMatch(outer -> Blocks.within(inner, outer))));
    }

    List<Destination> blocks() {
        var blocks = new ArrayList<Destination>(among == null ? List.of() : among);
        blocks.addAll(except);
        return blocks;
    }
}
