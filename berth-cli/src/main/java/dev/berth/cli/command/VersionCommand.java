package dev.berth.cli.command;

import dev.berth.cli.json.VersionJson;
import java.io.IOException;
import java.util.List;

final class VersionCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "version",
                "the version of Berth and of what it runs on",
                "",
                0,
                0,
                List.of(),
                List.of(),
                List.of(
                        new CommandSpec.Example("berth version", "for people"),
                        new CommandSpec.Example("berth version --json", "for a program")),
                List.of("0  done"));
    }

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
