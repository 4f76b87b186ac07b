package dev.berth.cli.command;

import dev.berth.cli.json.RangesJson;
import dev.berth.cli.screen.RangesScreen;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

final class RangesCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "ranges",
                "the dynamic range and the reserved ports: now, and after the next start",
                "",
                0,
                0,
                List.of(),
                List.of(),
                List.of(
                        new CommandSpec.Example("berth ranges", "what is in force, and which file sets it"),
                        new CommandSpec.Example("berth ranges --json", "for a program")),
                List.of("0  always"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        HostNetwork host = console.host();
        Settings settings = host.everySetting();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                RangesJson.write(out, settings, settings.gaps());
            }
        } else {
            RangesScreen.print(console.page(), settings, host.facts().system().equals("windows"), settings.gaps());
        }
        return ExitCode.OK;
    }
}
