package dev.berth.lab.client;

import java.util.ArrayList;
import java.util.List;

/** What one way to connect took at one fill, round by round. */
final class Cell {
    private final Scene scene;
    private final Way way;
    private final List<Round> rounds = new ArrayList<>();

    Cell(Scene scene, Way way) {
        this.scene = scene;
        this.way = way;
    }

    void add(Round round) {
        rounds.add(round);
    }

    Scene scene() {
        return scene;
    }

    Way way() {
        return way;
    }

    int connects() {
        return rounds.stream().mapToInt(round -> round.nanos().size()).sum();
    }

    /** How many of the connects found no port. */
    int failed() {
        return rounds.stream().mapToInt(Round::failed).sum();
    }

    /** The median of the medians of the rounds, in microseconds; so are the others. */
    double median() {
        return at(0.5, ascendingMedians());
    }

    double lowestMedian() {
        return at(0, ascendingMedians());
    }

    double highestMedian() {
        return at(1, ascendingMedians());
    }

    /** What one connect of a hundred took longer than. */
    double p99() {
        return at(
                0.99,
                rounds.stream()
                        .flatMap(round -> round.nanos().stream())
                        .sorted()
                        .toList());
    }

    /** Round by round, in nanoseconds. */
    List<Long> medians() {
        return rounds.stream().map(Round::median).toList();
    }

    private List<Long> ascendingMedians() {
        return medians().stream().sorted().toList();
    }

    private static double at(double part, List<Long> ascending) {
        return ascending.get((int) (part * (ascending.size() - 1))) / 1e3;
    }
}
