package dev.berth.lab;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scenario that was played to its end comes to.
 *
 * @param claims how many there were
 * @param failed how many of them were not so
 * @param skipped the parts that were left out
 */
public record Outcome(int claims, int failed, List<Told.Skipped> skipped) {
    public static Outcome of(List<Told> told) {
        List<Told.Claim> claims = all(told, Told.Claim.class).toList();
        long held = claims.stream().filter(Told.Claim::held).count();
        return new Outcome(
                claims.size(),
                (int) (claims.size() - held),
                all(told, Told.Skipped.class).toList());
    }

    /** What the process ends with: 1 where a claim did not hold, 4 where a part was left out, else 0. */
    public int exitCode() {
        return failed > 0 ? 1 : skipped.isEmpty() ? 0 : 4;
    }

    /** The parts that were left out, each once, as in {@code nginx, psql}. */
    public String leftOut() {
        return skipped.stream().map(Told.Skipped::what).distinct().collect(Collectors.joining(", "));
    }

    private static <T extends Told> Stream<T> all(List<Told> told, Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast);
    }
}
