package dev.berth.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Failures that were there before anybody looked. */
final class FakeFailures implements FailureFeed {
    private final List<PortFailure> all;
    private long lost;
    private long elsewhere;
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

    void without(long overwritten, long inOtherNamespaces) {
        lost = overwritten;
        elsewhere = inOtherNamespaces;
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
        return lost;
    }

    @Override
    public long elsewhere() {
        return elsewhere;
    }

    @Override
    public List<Gap> gaps() {
        var gaps = new ArrayList<Gap>();
        if (lost > 0) {
            gaps.add(new Gap(lost + " failures", "they were overwritten"));
        }
        return gaps;
    }

    @Override
    public void close() {
        closed = true;
    }
}
