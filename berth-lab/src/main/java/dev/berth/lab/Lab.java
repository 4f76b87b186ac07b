package dev.berth.lab;

import dev.berth.lab.LabException.Kind;
import dev.berth.lab.ground.Ground;
import dev.berth.lab.ground.Machine;
import java.io.IOException;
import java.util.List;

/**
 * Plays one scenario.
 *
 * @param berth the command that runs Berth
 * @param keep whether the namespaces and what still runs there stay once it has been played to its end
 * @param quick whether to show the same with fewer connections
 */
public record Lab(List<String> berth, boolean keep, boolean quick) {
    private static final Need PS = Need.program("ps", "procps");

    /**
     * Plays it to its end, whatever of its claims was so.
     *
     * @throws LabException {@link Kind#NOT_POSSIBLE} where something that it needs is missing: mostly before anything was done
     */
    public void play(Scenario scenario, Narrator narrator) throws LabException, IOException, InterruptedException {
        try (Ground ground = Ground.open(berth, "cannot stage " + scenario.name(), scenario.needs())) {
            var stage = new Stage(
                    ground,
                    told -> {
                        ground.awaitNoEnd();
                        narrator.tell(told);
                    },
                    quick);
            scenario.play(stage);
            if (keep) {
                if (PS.isHere()) {
                    stage.part("What goes on");
                    stage.type("ps -e -o pid,comm");
                }
                List<String> others =
                        ground.machines().stream().skip(1).map(Machine::name).toList();
                narrator.tell(new Told.Kept(ground.enter(), others, ground.end()));
                ground.keep();
            }
        }
    }

    /** Opens the lab and closes it. @throws LabException where nothing can be staged here, whatever the scenario needs */
    public static void probe() throws LabException, IOException {
        try (Ground _ = Ground.open(List.of("berth"))) {
            // that was all
        }
    }
}
