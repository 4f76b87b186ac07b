package dev.berth.cli.command;

/** What a run ends with. */
public final class ExitCode {
    public static final int OK = 0;
    public static final int PROBLEM = 1;
    public static final int USAGE = 2;
    public static final int NOT_PERMITTED = 3;
    public static final int NOT_POSSIBLE = 4;
    /** An output that could not be written, as sysexits.h has it. */
    public static final int OUTPUT_FAILED = 74;

    public static final int INTERNAL = 70;

    private ExitCode() {}
}
