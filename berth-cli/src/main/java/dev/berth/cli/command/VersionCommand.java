package dev.berth.cli.command;

import dev.berth.cli.json.VersionJson;
import java.io.IOException;

final class VersionCommand implements Command {
    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        String version = Version.here();
        String java = System.getProperty("java.vm.version", "unknown");
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        if (console.json()) {
            VersionJson.write(console.bytes(), version, java, system);
        } else {
            console.page().note("berth " + version + " on Java " + java + ", " + system);
        }
        return ExitCode.OK;
    }
}
