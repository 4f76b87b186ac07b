package dev.berth.lab;

import java.io.IOException;
import java.util.List;

/** One failure, how it comes about, and what cures it. */
public interface Scenario {
    /** As it is typed: {@code three-am}. */
    String name();

    /** One line for the list. */
    String summary();

    /** What must be here, and what may be missing. */
    List<Need> needs();

    /** Makes it happen, and tells of it. */
    void play(Stage stage) throws LabException, IOException, InterruptedException;
}
