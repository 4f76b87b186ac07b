package dev.berth.cli.lab;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import java.io.IOException;
import java.util.List;

/** A scenario of a test. */
record Sketch(String name, List<Need> needs, Plot plot) implements Scenario {
    interface Plot {
        void unfold(Stage stage) throws LabException, IOException, InterruptedException;
    }

    @Override
    public String summary() {
        return "";
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        plot.unfold(stage);
    }
}
