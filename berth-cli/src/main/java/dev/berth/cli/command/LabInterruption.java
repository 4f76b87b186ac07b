package dev.berth.cli.command;

import java.io.IOException;

/** Says, when the process is asked to end by a signal, what becomes of the scenario that is being played: the ground ends with it. */
final class LabInterruption implements AutoCloseable {
    private final Console console;
    private final boolean transcript;
    private final Thread hook = new Thread(this::tell, "interruption of the lab");

    LabInterruption(Console console, boolean transcript) {
        this.console = console;
        this.transcript = transcript;
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it ends already: nothing will be staged
        }
    }

    private void tell() {
        try {
            console.warn("berth: interrupted; all that was staged ends with it"
                    + (transcript ? ", and no transcript is written" : ""));
        } catch (IOException e) {
            // nobody reads it
        }
    }

    /** From now on a signal ends nothing that was staged. */
    void over() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is at work
        }
    }

    @Override
    public void close() {
        over();
    }
}
