package dev.berth.platform;

import java.util.List;
import java.util.function.Consumer;

/**
 * Failures as they happen, from the moment it was opened. The system keeps them in a bounded buffer until they are fetched:
 * fetch every 20 ms, which costs the programs that fail least, and never rarer than every second. Not for
 * two threads at a time; only {@link #close} may come while another is at work.
 */
public interface FailureFeed extends AutoCloseable {
    /** What still works where there is none. */
    String INSTEAD = "berth doctor tells how near the ports are to running out";

    /**
     * Hands over what came since the last call, and waits for nothing. In order within a processor, not between them.
     *
     * @throws HostReadException when the system told nothing any more
     */
    void drain(Consumer<? super PortFailure> to) throws HostReadException;

    /** How many came and were overwritten before they were fetched. */
    long lost();

    /** How many came from other network namespaces than the one that was asked for, and were not handed over. */
    long elsewhere();

    /** What could not be seen or told until now. */
    List<Gap> gaps();

    /** Leaves the system as it was found. Closing again does nothing. */
    @Override
    void close();
}
