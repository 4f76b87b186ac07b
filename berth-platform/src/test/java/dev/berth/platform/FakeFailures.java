package dev.berth.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Failures that were there before anybody looked. */
final class FakeFailures implements FailureFeed {
    private final List<PortFailure> all;
    private long lost;
    private long elsewhere;
    private @Nullable String refusal;
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

    void refuse(String why) {
        refusal = why;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void drain(Consumer<? super PortFailure> to) throws HostReadException {
        if (refusal != null) {
            throw new HostReadException(
                    HostReadException.Kind.NOT_ON_THIS_SYSTEM, "cannot see failures", refusal, INSTEAD);
        }
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
