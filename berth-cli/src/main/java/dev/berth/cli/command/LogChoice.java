package dev.berth.cli.command;

import java.util.Collections;
import java.util.List;

/** Which log {@code explain} is to read: files, standard input, a unit's, one line; what does not go together is refused. */
final class LogChoice {
    private LogChoice() {}

    static void refuseContradictions(Arguments arguments) throws UsageException {
        List<String> files = arguments.operands();
        if (arguments.has("line")) {
            refuse(arguments, "--line", !files.isEmpty(), "a file", "it is all there is to explain");
            refuse(arguments, "--line", arguments.has("journal"), "--journal", "it is all there is to explain");
            refuse(arguments, "--line", arguments.has("follow"), "--follow", "it does not grow");
            refuse(arguments, "--line", arguments.has("since"), "--since", "it is explained whenever it was written");
        }
        if (arguments.has("journal")) {
            refuse(arguments, "--journal", !files.isEmpty(), "a file", "it reads the journal");
        }
        if (arguments.has("follow") && !arguments.has("journal")) {
            boolean one = files.size() == 1 && !files.getFirst().equals(ExplainCommand.STANDARD_INPUT);
            if (!one) {
                throw Arguments.usage(
                        arguments.spec(),
                        "--follow needs one file, or --journal",
                        "what is piped in is followed to its end anyway");
            }
        }
        if (Collections.frequency(files, ExplainCommand.STANDARD_INPUT) > 1) {
            throw Arguments.usage(arguments.spec(), "'-' is given twice", "standard input can be read once");
        }
        if (arguments.has("no-host")) {
            for (String option : List.of("from", "netns", "no-probe")) {
                refuse(arguments, "--no-host", arguments.has(option), "--" + option, "no host is asked");
            }
        }
    }

    private static void refuse(Arguments arguments, String option, boolean given, String other, String why)
            throws UsageException {
        if (given) {
            throw Arguments.usage(arguments.spec(), option + " does not go with " + other, why);
        }
    }
}
