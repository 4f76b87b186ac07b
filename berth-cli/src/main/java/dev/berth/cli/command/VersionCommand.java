package dev.berth.cli.command;

import dev.berth.cli.json.VersionJson;
import dev.berth.platform.Build;
import dev.berth.platform.JavaRuntime;
import java.io.IOException;
import java.util.List;

final class VersionCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "version",
                "the version of Berth, its commit, and what it runs on",
                "",
                0,
                0,
                List.of(),
                List.of(),
                List.of(
                        new CommandSpec.Example("berth version", "for people; berth --version is the same"),
                        new CommandSpec.Example("berth version --json", "for a program")),
                List.of("0  done"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws IOException {
        Build build = Build.here();
        JavaRuntime java = JavaRuntime.here();
        String system = System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        if (console.json()) {
            VersionJson.write(console.bytes(), build, java, system);
        } else {
            console.page().note("berth " + words(build) + " on " + words(java) + ", " + system);
        }
        return ExitCode.OK;
    }

    private static String words(Build build) {
        if (build.commit() == null) {
            return build.version() + " (built from sources)";
        }
        return build.version() + " (commit " + build.commit()
                + (build.dirty() ? " and changes that no commit has)" : ")");
    }

    private static String words(JavaRuntime java) {
        return java.name() + " " + java.version() + (java.own() ? " (its own)" : " (" + java.home() + ")");
    }
}
