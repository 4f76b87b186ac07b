package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs every command once in each round, so that a machine that drifts drifts for all. A run that others disturbed is repeated; when that is
 * so again and again, the one that was disturbed least is kept, and counted. A round in which the sockets went away is thrown away.
 */
final class Rounds {
    static final int TRIES = 4;
    static final int SLOW_ROUNDS = 3;
    private static final long SLOW_NANOS = Duration.ofSeconds(3).toNanos();

    private final Meter meter;
    private final boolean quick;
    private final Map<Contender, Series> series = new HashMap<>();
    private final List<Contender> left = new ArrayList<>();
    private final List<Skipped> failed = new ArrayList<>();

    /**
     * @param quick whether nothing is warmed up and nothing repeated: to see that it runs
     */
    Rounds(Meter meter, boolean quick) {
        this.meter = meter;
        this.quick = quick;
    }

    /** What each of them took; one that takes seconds is run in the first rounds only. */
    List<Series> measure(List<Contender> contenders, int rounds)
            throws LabException, IOException, InterruptedException {
        left.addAll(contenders);
        var duration = Duration.ZERO;
        if (!quick) {
            duration = whole(-1, duration); // reads the programs into the page cache, and shows which fail
        }
        for (int round = 0; round < rounds; round++) {
            duration = whole(round, duration);
        }
        return contenders.stream()
                .filter(left::contains)
                .map(this::of)
                .filter(one -> one.runs() > 0)
                .toList();
    }

    /** Peers that cannot do it. */
    List<Skipped> failed() {
        return failed;
    }

    private Duration whole(int round, Duration expected) throws LabException, IOException, InterruptedException {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            meter.prepare(expected);
            long begun = System.nanoTime();
            for (Contender contender : List.copyOf(left)) {
                if (round < SLOW_ROUNDS || !isSlow(contender)) {
                    run(contender, round);
                }
            }
            if (meter.isWhole()) {
                return Duration.ofNanos(System.nanoTime() - begun);
            }
        }
        throw LabException.failed(
                "the sockets did not last for a round", "the machine is too busy: it was tried " + TRIES + " times");
    }

    private boolean isSlow(Contender contender) {
        return of(contender).rounds().values().stream().anyMatch(sample -> sample.wallNanos() > SLOW_NANOS);
    }

    private void run(Contender contender, int round) throws LabException, IOException, InterruptedException {
        Sample best = meter.run(contender);
        if (!contender.answersWith(best.exitCode())) {
            leaveOut(contender, "exit " + best.exitCode() + ": " + meter.complaint());
            return;
        }
        if (round < 0) {
            return;
        }
        for (int attempt = 1; attempt < TRIES && best.isDisturbed() && !quick; attempt++) {
            of(contender).countRepeated();
            Sample again = meter.run(contender);
            if (contender.answersWith(again.exitCode()) && again.disturbance() < best.disturbance()) {
                best = again;
            }
        }
        of(contender).add(round, best);
    }

    private void leaveOut(Contender contender, String why) throws LabException {
        if (contender.kind() == Contender.Kind.BERTH) {
            throw LabException.failed(contender.name() + " failed", why);
        }
        left.remove(contender);
        failed.add(new Skipped(contender.name(), why));
    }

    private Series of(Contender contender) {
        return series.computeIfAbsent(contender, Series::new);
    }
}
