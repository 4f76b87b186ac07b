package dev.berth.cli.command;

import dev.berth.cli.json.DoctorJson;
import dev.berth.cli.look.Examination;
import dev.berth.cli.screen.DoctorScreen;
import dev.berth.diagnosis.doctor.Finding;
import dev.berth.diagnosis.doctor.Severity;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
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
                List.of(Commands.NO_OWNERS, OptionSpec.flag("all", "show every destination, not the busiest ten")),
                List.of(
                        new CommandSpec.Example("berth doctor", "look at this host"),
                        new CommandSpec.Example("berth doctor --netns all --json", "every namespace, for a program")),
                List.of("0  nothing wrong", "1  a warning or worse was found"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws HostReadException, IOException {
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
