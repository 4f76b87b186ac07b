package dev.berth.lab.client;

import java.util.Arrays;
import java.util.List;

/**
 * Connects one after the other.
 *
 * @param nanos what each took, in ascending order
 * @param failed how many of them found no port
 */
record Round(List<Long> nanos, int failed) {
    static Round of(long[] nanos, int failed) {
        return new Round(Arrays.stream(nanos).sorted().boxed().toList(), failed);
    }

    Long median() {
        return nanos.get(nanos.size() / 2);
    }
}
