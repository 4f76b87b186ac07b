package dev.berth.lab.bench;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What one command took, round by round. */
public final class Series {
    private final Contender contender;
    private final Map<Integer, Sample> rounds = new TreeMap<>();
    private int repeated;

    Series(Contender contender) {
        this.contender = contender;
    }

    void add(int round, Sample sample) {
        rounds.put(round, sample);
    }

    void countRepeated() {
        repeated++;
    }

    public Contender contender() {
        return contender;
    }

    Map<Integer, Sample> rounds() {
        return rounds;
    }

    /** Of a round in which it was run. */
    long wallNanos(int round) {
        return Objects.requireNonNull(rounds.get(round)).wallNanos();
    }

    public int runs() {
        return rounds.size();
    }

    /** How many of the runs others disturbed, and were kept for want of one that nobody did. */
    public int disturbed() {
        return (int) rounds.values().stream().filter(Sample::isDisturbed).count();
    }

    /** How many runs were thrown away since others disturbed them. */
    public int repeated() {
        return repeated;
    }

    public Spread wallMillis() {
        return Spread.of(rounds.values().stream().mapToDouble(sample -> sample.wallNanos() / 1e6));
    }

    public Spread cpuMillis() {
        return Spread.of(rounds.values().stream().mapToDouble(sample -> sample.cpuMicros() / 1e3));
    }

    public Spread peakMebibytes() {
        return Spread.of(rounds.values().stream().mapToDouble(sample -> sample.peakKib() / 1024.0));
    }
}
