package dev.berth.cli.command;

import dev.berth.cli.json.RangesJson;
import dev.berth.cli.screen.RangesScreen;
import dev.berth.platform.HostReadException;
import dev.berth.platform.Settings;
import java.io.IOException;
import java.io.OutputStream;

final class RangesCommand implements Command {
    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        Settings settings = console.host().settings();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                RangesJson.write(out, settings, settings.gaps());
            }
        } else {
            RangesScreen.print(console.page(), settings, settings.gaps());
        }
        return ExitCode.OK;
    }
}
