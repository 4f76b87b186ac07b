package dev.berth.cli;

import dev.berth.cli.command.Surroundings;

/** Starts Berth. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(Berth.run(args, Surroundings.ofThisProcess()));
    }
}
