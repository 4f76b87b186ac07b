package dev.berth.cli.command;

import dev.berth.cli.json.CaptureJson;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.CaptureRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

final class CaptureCommand implements Command {
    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        String output = arguments.value("output");
        if (output == null) {
            throw Arguments.usage(arguments.spec(), "berth capture needs -o FILE", "it says where to write");
        }
        if (Files.exists(Path.of(output), LinkOption.NOFOLLOW_LINKS)) {
            throw new UsageException(
                    output + " exists already", "berth replaces no file", "give another name, or remove it first");
        }
        String netns = arguments.value("netns");
        NamespaceChoice choice = netns == null ? new NamespaceChoice.All() : NamespaceChoice.parse(netns);
        try (Progress _ = console.progress("recording this host")) {
            console.machine().record(Path.of(output), new CaptureRequest(choice, arguments.has("scrub")));
        }
        if (console.json()) {
            CaptureJson.write(console.bytes(), output, arguments.has("scrub"));
        } else {
            console.page().note("recorded into " + output + "; read it with: berth doctor --from " + output);
        }
        return ExitCode.OK;
    }
}
