package dev.berth.cli.command;

import dev.berth.cli.json.DoctorJson;
import dev.berth.cli.look.Earlier;
import dev.berth.cli.look.Examination;
import dev.berth.cli.screen.DoctorScreen;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.Severity;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

final class DoctorCommand implements Command {
    private static final String MEASURE = "measure";

    static CommandSpec spec() {
        return new CommandSpec(
                "doctor",
                "what is wrong with this host's ports, worst first, each with its fix",
                "",
                0,
                0,
                List.of(),
                options(),
                List.of(
                        new CommandSpec.Example("berth doctor", "look at this host"),
                        new CommandSpec.Example(
                                "berth doctor --measure 10", "count what is opened and closed within 10 seconds"),
                        new CommandSpec.Example(
                                "berth doctor --watch", "again every 5 seconds, and what fails in between"),
                        new CommandSpec.Example("berth doctor --netns all --json", "every namespace, for a program")),
                List.of("0  nothing wrong", "1  a warning or worse was found"));
    }

    private static List<OptionSpec> options() {
        var options = new ArrayList<OptionSpec>();
        options.add(OptionSpec.value(
                MEASURE, "SECONDS", "look twice, that many seconds apart, and tell what happened in between: 1 to 60"));
        options.add(Commands.NO_OWNERS);
        options.add(OptionSpec.flag("all", "show every destination, not the busiest ten"));
        options.addAll(DoctorWatch.options());
        return options;
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        if (DoctorWatch.wanted(arguments)) {
            if (arguments.has(MEASURE)) {
                throw Arguments.usage(
                        arguments.spec(),
                        "--measure does not go with --watch",
                        "each look of --watch is measured against the one before it");
            }
            return DoctorWatch.run(arguments, console);
        }
        boolean withOwners = !arguments.has("no-owners");
        List<Examination> examinations;
        if (arguments.has(MEASURE)) {
            int seconds = seconds(arguments);
            List<HostNetwork> hosts = console.hosts();
            try (Progress _ = console.progress("measuring for " + seconds + " s")) {
                List<Earlier> earlier = Earlier.of(hosts);
                pause(seconds);
                examinations = Examination.of(hosts, withOwners, earlier);
            }
        } else {
            try (Progress _ = console.progress("examining the ports of this host")) {
                examinations = Examination.of(console.hosts(), withOwners);
            }
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                DoctorJson.write(out, examinations);
            }
        } else {
            DoctorScreen.print(console.page(), examinations, arguments.has("all"));
        }
        return code(examinations);
    }

    static int code(List<Examination> examinations) {
        for (Examination examination : examinations) {
            for (Finding finding : examination.report().findings()) {
                if (finding.severity() != Severity.INFO) {
                    return ExitCode.PROBLEM;
                }
            }
        }
        return ExitCode.OK;
    }

    private static int seconds(Arguments arguments) throws UsageException {
        String text = String.valueOf(arguments.value(MEASURE));
        if (!text.matches("[1-9]|[1-5][0-9]|60")) { // by then every TIME_WAIT of the first look is gone
            throw Arguments.usage(
                    arguments.spec(), "--measure " + text + " is no time", "it takes whole seconds from 1 to 60");
        }
        if (arguments.has("from")) {
            throw Arguments.usage(
                    arguments.spec(),
                    "a capture cannot be measured",
                    "--measure looks twice, and a capture is one look; what that tells of the last minute is told without it");
        }
        return Integer.parseInt(text);
    }

    private static void pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the second look comes sooner and measures what there was
        }
    }
}
