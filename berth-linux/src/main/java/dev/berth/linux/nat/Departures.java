package dev.berth.linux.nat;

import java.util.ArrayList;
import java.util.List;

/** The traffic that has left a chain, or all chains of a hook, so that later rules do not see it. */
final class Departures {
    private static final int MOST = 200; // beyond, all that is said is that there are conditions

    private final List<Conditions> gone = new ArrayList<>();

    void add(Conditions conditions) {
        if (gone.size() < MOST) {
            gone.add(conditions);
        } else if (gone.size() == MOST) {
            gone.add(Conditions.SOME_OTHER);
        }
    }

    Conditions without(Conditions conditions) {
        Conditions left = conditions;
        for (Conditions one : gone) {
            left = left.without(one);
        }
        return left;
    }
}
