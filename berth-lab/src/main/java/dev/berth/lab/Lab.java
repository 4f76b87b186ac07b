package dev.berth.lab;

import dev.berth.lab.LabException.Kind;
import dev.berth.lab.ground.Ground;
import java.io.IOException;
import java.util.List;

/**
 * Plays one scenario.
 *
 * @param berth the command that runs Berth
 * @param keep whether the namespaces and what runs there stay
 * @param quick whether to show the same with fewer connections
 */
public record Lab(List<String> berth, boolean keep, boolean quick) {
    /**
     * @return whether all went as it was told
     * @throws LabException {@link Kind#NOT_POSSIBLE} before anything was done where something that it needs is missing
     */
    public boolean play(Scenario scenario, Narrator narrator) throws LabException, IOException, InterruptedException {
        for (Need need : scenario.needs()) {
            if (need.part() == null && !need.isHere()) {
                throw new LabException(
                        Kind.NOT_POSSIBLE,
                        "cannot stage " + scenario.name(),
                        "it needs " + need.what() + ", which is not here",
                        need.next());
            }
        }
        try (Ground ground = Ground.open(berth, keep)) {
            var stage = new Stage(ground, narrator, quick);
            scenario.play(stage);
            if (keep) {
                narrator.tell(new Told.Kept(ground.enter(), ground.end()));
            }
            return stage.allHeld();
        }
    }
}
