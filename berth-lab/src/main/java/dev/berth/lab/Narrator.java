package dev.berth.lab;

import java.io.IOException;

/** Whoever passes on what a scenario tells, as it is told. */
@FunctionalInterface
public interface Narrator {
    void tell(Told told) throws IOException;
}
