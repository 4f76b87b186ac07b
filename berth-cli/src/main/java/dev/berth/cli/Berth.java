package dev.berth.cli;

import dev.berth.cli.command.Arguments;
import dev.berth.cli.command.Commands;
import dev.berth.cli.command.Console;
import dev.berth.cli.command.ExitCode;
import dev.berth.cli.command.NotDoneException;
import dev.berth.cli.command.Surroundings;
import dev.berth.cli.command.UsageException;
import dev.berth.cli.screen.Escaped;
import dev.berth.platform.HostReadException;
import dev.berth.remedy.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.exc.JacksonIOException;

/** Runs one command line. */
public final class Berth {
    private Berth() {}

    /**
     * @return an {@link ExitCode}
     */
    public static int run(String[] words, Surroundings surroundings) {
        String[] args = words.clone();
        try {
            return run(args, surroundings, name(args));
        } catch (UsageException e) {
            return fail(surroundings, args, e, e.why(), e.next(), ExitCode.USAGE);
        } catch (NotDoneException e) {
            return fail(surroundings, args, e, e.why(), e.next(), e.code());
        } catch (HostReadException e) {
            int code = switch (e.kind()) {
                case BAD_INPUT -> ExitCode.USAGE;
                case NOT_PERMITTED -> ExitCode.NOT_PERMITTED;
                case NOT_ON_THIS_SYSTEM -> ExitCode.NOT_POSSIBLE;
            };
            return fail(surroundings, args, e, e.why(), e.next(), code);
        } catch (JournalException e) {
            int code = e.kind() == JournalException.Kind.NOT_PERMITTED ? ExitCode.NOT_PERMITTED : ExitCode.PROBLEM;
            return fail(surroundings, args, e, e.why(), e.next(), code);
        } catch (IOException e) {
            return outputFailed(surroundings, args, e, e.getMessage());
        } catch (RuntimeException | Error e) {
            var internal = new IllegalStateException("berth made a mistake", e);
            String next = "please report it with the output of: berth --debug " + String.join(" ", args);
            return fail(surroundings, args, internal, e.toString(), next, ExitCode.INTERNAL);
        }
    }

    private static int run(String[] args, Surroundings surroundings, String name)
            throws UsageException, NotDoneException, HostReadException, IOException {
        boolean named = args.length > 0 && args[0].equals(name);
        var arguments = Arguments.parse(Commands.spec(name), named ? Arrays.copyOfRange(args, 1, args.length) : args);
        if (arguments.has("help")) {
            return run(named ? new String[] {"help", name} : new String[] {"help"}, surroundings, "help");
        }
        try (var console = new Console(surroundings, arguments)) {
            try {
                int code = Commands.named(name).run(arguments, console);
                console.flush();
                return code;
            } catch (JournalException e) {
                throw e;
            } catch (JacksonIOException e) {
                throw told(console, e, e.getOriginalMessage());
            } catch (IOException e) {
                throw told(console, e, e.getMessage());
            }
        }
    }

    /** Adds what was done to why it could not be told. */
    private static IOException told(Console console, Exception e, @Nullable String reason) {
        String why = reason == null ? e.toString() : reason;
        return new IOException(console.done() == null ? why : why + "; " + console.done(), e);
    }

    /** The first word names the command; options alone are the doctor's. */
    private static String name(String[] args) throws UsageException {
        if (args.length == 0) {
            return "doctor";
        }
        String first = args[0];
        if (first.equals("--version")) {
            args[0] = "version";
            return "version";
        }
        if (first.startsWith("-")) {
            return "doctor";
        }
        if (!Commands.has(first)) {
            throw Commands.unknown(first);
        }
        return first;
    }

    /** A reader that has seen enough, as in {@code berth list | head}, is no failure; a full disk is. */
    private static int outputFailed(Surroundings surroundings, String[] args, Throwable e, @Nullable String reason) {
        if (reason != null && reason.contains("Broken pipe")) {
            return ExitCode.OK;
        }
        return fail(
                surroundings,
                args,
                new IOException("cannot write the output", e),
                reason == null ? e.toString() : reason,
                "look at the disk or the program that standard output goes to",
                ExitCode.OUTPUT_FAILED);
    }

    private static int fail(
            Surroundings surroundings, String[] args, Throwable failure, String why, String next, int code) {
        var text = new StringBuilder();
        text.append("berth: ")
                .append(Escaped.text(String.valueOf(failure.getMessage())))
                .append('\n');
        text.append("  why   ").append(Escaped.text(why)).append('\n');
        text.append("  next  ").append(Escaped.text(next)).append('\n');
        if (Arrays.asList(args).contains("--debug")) {
            var trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            text.append(trace);
        }
        try {
            surroundings.complain(text.toString());
        } catch (IOException e) {
            return code; // nobody is left to tell
        }
        return code;
    }
}
