package dev.berth.platform;

import java.util.List;
import java.util.function.Consumer;

/** Failures that were there before anybody looked. */
final class FakeFailures implements FailureFeed {
    private final List<PortFailure> all;
    private boolean told;
    private boolean closed = true;

    FakeFailures(List<PortFailure> all) {
        this.all = all;
    }

    /** The same failures once more. */
    FakeFailures again() {
        told = false;
        closed = false;
        return this;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void drain(Consumer<? super PortFailure> to) {
        if (!told) {
            told = true;
            all.forEach(to);
        }
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public List<Gap> gaps() {
        return List.of();
    }

    @Override
    public void close() {
        closed = true;
    }
}
