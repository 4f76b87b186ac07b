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
