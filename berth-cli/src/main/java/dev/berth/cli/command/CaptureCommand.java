package dev.berth.cli.command;

import dev.berth.cli.json.CaptureJson;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.capture.CaptureRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

final class CaptureCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "capture",
                "record this host into a file that every reading command opens",
                "",
                0,
                0,
                List.of(),
                List.of(
                        new OptionSpec("output", "o", "FILE", "the file to write; it must not exist", List.of()),
                        OptionSpec.flag("scrub", "stable pseudonyms for addresses, users and hosts")),
                List.of(
                        new CommandSpec.Example("berth capture -o host.berth", "record this host"),
                        new CommandSpec.Example("berth capture -o share.berth --scrub", "one to give away")),
                List.of("0  recorded"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        String output = arguments.value("output");
        if (output == null) {
            throw Arguments.usage(arguments.spec(), "berth capture needs -o FILE", "it says where to write");
        }
        Path file = NewFile.of(arguments, "output");
        String netns = arguments.value("netns");
        NamespaceChoice choice = netns == null ? new NamespaceChoice.Whole() : NamespaceChoice.parse(netns);
        try (Progress _ = console.progress("recording this host")) {
            console.machine().record(file, new CaptureRequest(choice, arguments.has("scrub")));
        }
        if (console.json()) {
            CaptureJson.write(console.bytes(), output, arguments.has("scrub"));
        } else {
            console.page().note("recorded into " + output + "; read it with: berth doctor --from " + output);
        }
        return ExitCode.OK;
    }
}
