package dev.berth.cli.lab;

import dev.berth.lab.Lab;
import dev.berth.lab.LabException;
import dev.berth.lab.Stage;
import dev.berth.lab.Told;
import java.io.IOException;
import java.util.List;

/** Plays, in a process of its own, what goes wrong as no real scenario does. Arguments: a scenario, the name of its second machine, keep. */
final class Backstage {
    private Backstage() {}

    public static void main(String[] words) throws Exception {
        boolean keep = words.length > 2;
        var sketch = new Sketch(words[0], List.of(), stage -> play(stage, words[0], words[1]));
        new Lab(List.of("true"), keep, true).play(sketch, Backstage::print);
    }

    private static void print(Told told) {
        System.out.println(
                switch (told) {
                    case Told.Words words -> words.text();
                    case Told.Typed typed -> typed.output().strip();
                    case Told.Kept kept -> String.join(" ", kept.enter()) + "\n" + String.join(" ", kept.end());
                    default -> told.toString();
                });
    }

    private static void play(Stage stage, String name, String other)
            throws LabException, IOException, InterruptedException {
        stage.ground().add(other);
        stage.machine().set("ipv4/ip_local_port_range", "20000 20999");
        stage.machine()
                .start("server", "sh -c 'echo ready; while :; do echo alive; sleep 0.1; done'")
                .await("ready");
        stage.type("readlink /proc/self/ns/pid");
        switch (name) {
            case "stuck" -> stage.say(stage.machine().must("sleep 600"));
            case "grouped" -> stage.type("grep ^0: /proc/self/cgroup");
            case "failing" -> stage.machine().must("false");
            case "throwing" -> throw new IllegalStateException("a mistake");
            default -> {}
        }
        stage.say("to its end");
    }
}
