package dev.berth.cli;

import dev.berth.cli.command.Surroundings;

/** Starts Berth. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = Berth.run(args, Surroundings.ofThisProcess());
        Runtime.getRuntime()
                .halt(code); // exit would first load a logger to ask whether to log it; nothing is left to do
    }
}
