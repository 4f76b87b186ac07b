package dev.berth.diagnosis.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.Given;
import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import dev.berth.platform.SocketColumns;
import java.util.ArrayList;
import java.util.List;

/** What a checkup finds, in words: inode 1 is nginx's, inode 2 that of process 7. */
final class Found {
    private Found() {}

    static String in(Settings settings, SocketColumns rows) throws HostReadException {
        return in(settings, rows, Further.nothing());
    }

    static String in(Settings settings, SocketColumns rows, Further further) throws HostReadException {
        Report report = Checkup.of(
                survey(settings, rows), further, settings, Given.owners(1, 4242, 2, 7), Given::process, Given.NETNS);
        var lines = new ArrayList<String>();
        for (Finding finding : report.findings()) {
            Boolean confirmed = finding.confirmed();
            lines.add(finding.severity().label() + " " + finding.id()
                    + (confirmed == null ? "" : confirmed ? " (confirmed)" : " (not confirmed)"));
            lines.add(finding.title());
            finding.evidence().forEach(line -> lines.add("  " + line));
            List<Fix> fixes = finding.fixes(settings);
            assertThat(fixes).isNotEmpty();
            fixes.stream()
                    .map(Fix::command)
                    .filter(command -> command != null)
                    .forEach(command -> lines.add("  $ " + command));
        }
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    static Survey survey(Settings settings, SocketColumns rows) throws HostReadException {
        var survey = new Survey(settings.policy(Protocol.TCP), PortSet.EMPTY);
        survey.read(rows.cursor());
        return survey;
    }
}
