package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Scenario;
import dev.berth.lab.Stage;
import java.io.IOException;
import java.util.List;

/** A client that waits for its server in a loop is connected to itself, and then the server cannot start. */
public final class SelfConnect implements Scenario {
    @Override
    public String name() {
        return "self-connect";
    }

    @Override
    public String summary() {
        return "a client that retries is connected to itself, and its server cannot start";
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.program("ip", "iproute2"));
    }

    @Override
    public void play(Stage stage) throws LabException, IOException, InterruptedException {
        stage.part("The server is down");
        stage.type("berth why 40001");
    }
}
