package dev.berth.cli.command;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything about how a command is called: the one source of parsing, help, completion and usage errors.
 *
 * @param operands what follows the name, as in {@code PORT} or {@code [FILTER…]}
 * @param fewest how many operands it needs
 * @param most how many it takes
 * @param operandChoices words that can be completed as operands
 * @param options its own; {@link #allOptions()} has those that it shares as well
 * @param exits its exit codes, each with what it means
 */
public record CommandSpec(
        String name,
        String summary,
        String operands,
        int fewest,
        int most,
        List<String> operandChoices,
        List<OptionSpec> options,
        List<Example> examples,
        List<String> exits) {
    /** A command line and what it does. */
    public record Example(String line, String meaning) {}

    static final int ANY_NUMBER = Integer.MAX_VALUE;

    /** Its own options, then those that it shares with other commands. */
    public List<OptionSpec> allOptions() {
        var all = new ArrayList<>(options);
        all.addAll(Commands.common(name));
        return all;
    }

    /** Whether an operand of its is a file. */
    boolean takesFiles() {
        return operands.contains("FILE") || operands.contains("POLICY");
    }

    /** {@code berth why PORT [options]}. */
    public String usage() {
        return "berth " + name + (operands.isEmpty() ? "" : " " + operands) + " [options]";
    }
}
