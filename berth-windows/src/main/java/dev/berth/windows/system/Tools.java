package dev.berth.windows.system;

import java.time.Duration;
import java.util.List;

/** Programs of the system folder: no shell, no input, and an end to the waiting. */
public interface Tools {
    /** How a run ended. */
    sealed interface Run {
        /** There is no such program here. */
        record Missing(String why) implements Run {}

        /** It was still running when its time was over, and was ended. */
        record TooLate() implements Run {}

        /**
         * It ended by itself. What it printed proves nothing.
         *
         * @param output each byte a character of ISO-8859-1, for nobody knows the code page
         * @param complaint the same of standard error
         */
        record Ended(int exit, String output, String complaint) implements Run {}
    }

    /**
     * Runs one and waits.
     *
     * @param command the program's name, such as {@code netsh}, and its arguments
     */
    Run run(List<String> command, Duration limit);
}
