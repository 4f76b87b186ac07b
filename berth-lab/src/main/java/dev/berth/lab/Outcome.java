package dev.berth.lab;

import java.util.List;
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

    private static <T extends Told> Stream<T> all(List<Told> told, Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast);
    }
}
