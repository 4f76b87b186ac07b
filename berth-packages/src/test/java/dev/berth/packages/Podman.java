package dev.berth.packages;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** podman with a store of its own; what it makes is gone with the folder that this is in. */
record Podman(Path store, Path state) {
    /** What a command did. */
    record Ran(int exitCode, String said) {}

    /** Skips the test, visibly, where it cannot be had. */
    static Podman in(Path store, Path state) {
        if (!Tool.isThere("podman") || !Tool.isThere("dpkg")) {
            missing("containers need podman on a Debian: apt-get install podman runc");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            abort("containers as here need root");
        }
        return new Podman(store, state);
    }

    /** Skips the test; in CI, where all is there, fails it: nothing tried is nothing proved. */
    static void missing(String why) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(why);
        }
        abort(why);
    }

    Ran run(String... arguments) throws Exception {
        Process process = start(arguments);
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said);
    }

    /** Starts it; what it says, errors too, comes in one stream. */
    Process start(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(
                "podman",
                "--root=" + store,
                "--runroot=" + state,
                "--tmpdir=" + state.resolve("tmp"),
                "--storage-driver=vfs", // overlays cannot be stacked on those that CI may run on
                "--events-backend=none"));
        if (Tool.isThere("runc")) {
            command.add("--runtime=runc"); // crun 1.8 refuses hosts that have both hierarchies of cgroups
        }
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }
}
