package dev.berth.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.lab.Lab;
import dev.berth.lab.LabException;
import dev.berth.lab.Scenarios;
import dev.berth.lab.Table;
import dev.berth.lab.Told;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A scenario that has been played to its end, and what it told. */
record Played(List<Told> told) {
    /** Skips the test, visibly, where the machine lacks what it takes; holds the scenario to its claims, and in CI to all its parts. */
    static Played quickly(String name) throws Exception {
        var scenario = Objects.requireNonNull(Scenarios.named(name), name);
        var told = new ArrayList<Told>();
        try {
            new Lab(berth(), false, true).play(scenario, told::add);
        } catch (LabException e) {
            boolean lacks = e.kind() == LabException.Kind.NOT_POSSIBLE && System.getenv("CI") == null;
            Assumptions.assumeFalse(lacks, () -> e.getMessage() + ": " + e.why());
            throw new AssertionError(e.getMessage() + ": " + e.why() + "\nafter " + told, e);
        }
        var played = new Played(told);
        assertThat(played.all(Told.Claim.class).toList())
                .as("%s", told)
                .isNotEmpty()
                .allMatch(Told.Claim::held);
        if (System.getenv("CI") != null) {
            assertThat(played.all(Told.Skipped.class)).as("left out, in CI").isEmpty();
        }
        return played;
    }

    static List<String> berth() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData", // it would lie in the host's /tmp
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.berth.cli.Main");
    }

    <T extends Told> Stream<T> all(Class<T> kind) {
        return told.stream().filter(kind::isInstance).map(kind::cast);
    }

    /** The first command that was typed so, and what came of it. */
    Told.Typed typed(String line) {
        return all(Told.Typed.class)
                .filter(typed -> typed.line().equals(line))
                .findFirst()
                .orElseThrow(() -> new AssertionError(line + " was not typed: " + told));
    }

    /** The last table. */
    Table table() {
        return all(Told.Measured.class)
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("nothing was measured: " + told))
                .table();
    }
}
