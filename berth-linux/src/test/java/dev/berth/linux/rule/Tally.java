package dev.berth.linux.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** How often a rule foretold what a kernel did. */
final class Tally {
    int allowed;
    int refused;
    int either;
    int notByTheRule;

    /** @param what was tried, in the plural */
    void print(String rule, String what, int sets, long seed) throws IOException {
        System.out.printf(
                "%s rule on Linux %s: %,d %s beside %,d sets of sockets went as foretold (%,d allowed, %,d refused; "
                        + "of %,d more either outcome was named; %,d left out), seed %d%n",
                rule,
                RealSockets.release(),
                allowed + refused,
                what,
                sets,
                allowed,
                refused,
                either,
                notByTheRule,
                seed);
    }

    /**
     * Enough was tried, and the rule seldom shirked; not asked of a run that repeats one seed.
     *
     * @param seldom one of how many at most
     */
    void check(int seldom) {
        if (System.getProperty("berth.seed") == null) {
            assertThat(allowed + refused).isGreaterThan(5_000);
            assertThat(either).isLessThan((allowed + refused) / seldom);
        }
    }
}
