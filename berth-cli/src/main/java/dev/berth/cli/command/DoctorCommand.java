package dev.berth.cli.command;

import dev.berth.cli.json.DoctorJson;
import dev.berth.cli.look.Examination;
import dev.berth.cli.screen.DoctorScreen;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.Severity;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

final class DoctorCommand implements Command {
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
                                "berth doctor --watch", "again every 5 seconds, and what fails in between"),
                        new CommandSpec.Example("berth doctor --netns all --json", "every namespace, for a program")),
                List.of("0  nothing wrong", "1  a warning or worse was found"));
    }

    private static List<OptionSpec> options() {
        var options = new ArrayList<OptionSpec>();
        options.add(Commands.NO_OWNERS);
        options.add(OptionSpec.flag("all", "show every destination, not the busiest ten"));
        options.addAll(DoctorWatch.options());
        return options;
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        if (DoctorWatch.wanted(arguments)) {
            return DoctorWatch.run(arguments, console);
        }
        List<Examination> examinations;
        try (Progress _ = console.progress("examining the ports of this host")) {
            examinations = Examination.of(console.hosts(), !arguments.has("no-owners"));
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
}
