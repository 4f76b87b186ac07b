package dev.berth.cli;

import java.io.PrintStream;

/** Starts Berth. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, System.out, System.err));
    }

    /** Runs one command line and returns its exit code. */
    static int run(String[] args, PrintStream out, PrintStream err) {
        out.println("hello");
        return 0;
    }
}
