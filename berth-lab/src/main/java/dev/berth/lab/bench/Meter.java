package dev.berth.lab.bench;

import dev.berth.lab.LabException;
import java.io.IOException;
import java.time.Duration;

/** Runs commands where the sockets of a scene are, and tells what they took. */
interface Meter {
    /** Sees to it that the sockets are there, and stay for so long. */
    void prepare(Duration round) throws LabException, IOException, InterruptedException;

    /** Whether the sockets are still there. */
    boolean isWhole();

    Sample run(Contender contender) throws LabException, IOException, InterruptedException;

    /** What the last run complained of, in a line. */
    String complaint() throws IOException;
}
