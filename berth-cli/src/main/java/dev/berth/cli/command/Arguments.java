package dev.berth.cli.command;

import dev.berth.diagnosis.Nearest;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;
import org.jspecify.annotations.Nullable;

/** The words of one command line, checked against its {@link CommandSpec}. */
public final class Arguments {
    private static final int LONGEST_SECONDS = 3600;

    private static final int LONGEST_TYPED = 300;

    private final CommandSpec spec;
    private final CommandLine line;
    private final List<String> words;

    private Arguments(CommandSpec spec, CommandLine line, List<String> words) {
        this.spec = spec;
        this.line = line;
        this.words = words;
    }

    /**
     * @param words what follows the name of the command
     */
    public static Arguments parse(CommandSpec spec, String[] words) throws UsageException {
        var parser = DefaultParser.builder().setAllowPartialMatching(false).get();
        CommandLine line;
        try {
            line = parser.parse(options(spec), words);
        } catch (UnrecognizedOptionException e) {
            throw unknownOption(spec, e.getOption());
        } catch (MissingArgumentException e) {
            throw usage(spec, "--" + e.getOption().getLongOpt() + " needs a value", "nothing follows it");
        } catch (ParseException e) {
            throw usage(spec, "cannot read the options of berth " + spec.name(), String.valueOf(e.getMessage()));
        }
        var arguments = new Arguments(spec, line, List.of(words));
        if (!line.hasOption("help")) {
            arguments.check();
        }
        return arguments;
    }

    private static Options options(CommandSpec spec) {
        var options = new Options();
        for (OptionSpec option : spec.allOptions()) {
            options.addOption(option(option));
        }
        return options;
    }

    private static Option option(OptionSpec spec) {
        return new Option(spec.letter(), spec.name(), spec.value() != null, spec.description());
    }

    private void check() throws UsageException {
        int given = line.getArgList().size();
        if (given < spec.fewest()) {
            throw usage(spec, "berth " + spec.name() + " needs " + spec.operands(), "nothing was given");
        }
        if (given > spec.most()) {
            throw usage(
                    spec,
                    "'" + line.getArgList().get(spec.most()) + "' is one word too many",
                    "berth " + spec.name() + " takes "
                            + (spec.most() == 0 ? "options only" : "one " + spec.operands()));
        }
        for (OptionSpec option : spec.allOptions()) {
            check(option);
        }
    }

    private void check(OptionSpec option) throws UsageException {
        String value = line.getOptionValue(option.name());
        if (value != null && line.getOptionValues(option.name()).length > 1) {
            throw usage(spec, "--" + option.name() + " is given twice", "it takes one value");
        }
        if (value != null && value.isEmpty()) {
            throw usage(spec, "--" + option.name() + " needs a value", "what follows it is empty");
        }
        if (value != null && !option.choices().isEmpty() && !option.choices().contains(value)) {
            throw usage(spec, "--" + option.name() + " " + value + " is unknown", "it takes " + option.value());
        }
    }

    private static UsageException unknownOption(CommandSpec spec, String word) {
        var names = new ArrayList<String>();
        for (OptionSpec option : spec.allOptions()) {
            names.add("--" + option.name());
        }
        if (names.contains("--netns") && (word.equals("--from") || word.startsWith("--from="))) {
            return usage(
                    spec,
                    "berth " + spec.name() + " does not go with --from",
                    "it asks the running host; a recording is one look, and stays the same");
        }
        String nearest = Nearest.to(word, names);
        return usage(
                spec,
                "unknown option " + word,
                nearest == null ? "berth " + spec.name() + " has no such option" : "did you mean " + nearest + "?");
    }

    static UsageException usage(CommandSpec spec, String what, String why) {
        return new UsageException(what, why, "berth " + spec.name() + " --help");
    }

    /** Which command this is for. */
    CommandSpec spec() {
        return spec;
    }

    /** What follows the name of the command, as it was typed. */
    List<String> words() {
        return words;
    }

    /** What was typed, without the program's name, for those who read of it later; a long list of ports is cut. */
    String typed() {
        String typed = spec.name() + " " + String.join(" ", words);
        return typed.length() <= LONGEST_TYPED ? typed : typed.substring(0, LONGEST_TYPED) + "…";
    }

    public boolean has(String option) {
        return line.hasOption(option);
    }

    public @Nullable String value(String option) {
        return line.getOptionValue(option);
    }

    List<String> operands() {
        return line.getArgList();
    }

    int port() throws UsageException {
        return port(0);
    }

    /** The port that stands there among the operands, of which there are enough. */
    int port(int operand) throws UsageException {
        return port(operands().get(operand), spec.examples().getFirst().line());
    }

    /** The port that the option names, which was given. */
    int port(String option) throws UsageException {
        return port(String.valueOf(value(option)), "berth " + spec.name() + " --help");
    }

    private static int port(String text, String next) throws UsageException {
        try {
            int port = PortRange.parse(text).first();
            if (text.equals(Integer.toString(port))) { // no range, and no 080, which elsewhere would be octal
                return port;
            }
        } catch (IllegalArgumentException e) {
            // said below, with the command's own words
        }
        throw new UsageException("'" + text + "' is not a port", "a port is one number from 1 to 65535", next);
    }

    /** The address that the option names, or null where it was not given. */
    @Nullable
    IpAddress address(String option) throws UsageException {
        String text = value(option);
        if (text == null) {
            return null;
        }
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(
                    spec,
                    "'" + text + "' is not an IP address",
                    "names are not looked up: give one like 127.0.0.1 or ::1");
        }
    }

    Protocol protocol() {
        return "udp".equals(value("protocol")) ? Protocol.UDP : Protocol.TCP;
    }

    /** Whole seconds, at least one and at most an hour; null where the option was not given. */
    @Nullable
    Duration someSeconds(String option) throws UsageException {
        String text = value(option);
        return text == null ? null : seconds(option, text, 1);
    }

    /** Whole seconds, at most an hour. */
    Duration seconds(String option, int otherwise) throws UsageException {
        String text = value(option);
        return text == null ? Duration.ofSeconds(otherwise) : seconds(option, text, 0);
    }

    private Duration seconds(String option, String text, int least) throws UsageException {
        int seconds = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : -1;
        if (seconds < least || seconds > LONGEST_SECONDS) {
            throw usage(
                    spec,
                    "--" + option + " " + text + " is no time",
                    "it takes whole seconds from " + least + " to " + LONGEST_SECONDS);
        }
        return Duration.ofSeconds(seconds);
    }

    /** A range of ports, {@code A-B}; null where it was not given. */
    @Nullable
    PortRange range(String option) throws UsageException {
        String text = value(option);
        if (text != null && text.indexOf('-') <= 0) {
            throw usage(spec, "--" + option + " " + text + " is no range of ports", "it takes A-B, like 32768-60999");
        }
        return ports(option);
    }

    /** A range of ports, or one port; null where it was not given. */
    @Nullable
    PortRange ports(String option) throws UsageException {
        String text = value(option);
        try {
            return text == null ? null : PortRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(spec, "--" + option + " " + text + " is no range of ports", String.valueOf(e.getMessage()));
        }
    }

    /**
     * A whole number, or null where it was not given.
     *
     * @param what it is, in a few words
     */
    @Nullable
    Integer whole(String option, String what, int lowest, int highest) throws UsageException {
        String text = value(option);
        if (text == null) {
            return null;
        }
        if (text.matches("0|[1-9][0-9]{0,8}")) {
            int number = Integer.parseInt(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
        }
        throw outside(option, text, what, "whole number from " + lowest + " to " + highest);
    }

    /**
     * A number that may have digits behind the point, or null where it was not given. No sign, no exponent.
     *
     * @param what it is, in a few words
     */
    @Nullable
    Double decimal(String option, String what, double lowest, int highest) throws UsageException {
        String text = value(option);
        if (text == null) {
            return null;
        }
        if (text.matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
            double number = Double.parseDouble(text);
            if (number >= lowest && number <= highest) {
                return number;
            }
        }
        String from = lowest == 0 ? "0" : String.valueOf(lowest);
        throw outside(option, text, what, "number from " + from + " to " + highest + ", like 0.5");
    }

    private UsageException outside(String option, String text, String what, String takes) {
        return usage(spec, "--" + option + " " + text + " is no " + what, "it takes a " + takes);
    }
}
