package dev.berth.cli.command;

import dev.berth.cli.json.WhoJson;
import dev.berth.cli.look.Occupancy;
import dev.berth.cli.screen.WhoScreen;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class WhoCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "who",
                "who holds a port, as fast as the system tells",
                "PORT",
                1,
                1,
                List.of(),
                List.of(Commands.PROTOCOL),
                List.of(
                        new CommandSpec.Example("berth who 8080", "who has TCP port 8080?"),
                        new CommandSpec.Example("berth who 53 --protocol udp --json", "the same for UDP, as JSON")),
                List.of("0  nobody holds it", "1  somebody does"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        int port = arguments.port();
        Occupancy who;
        try (Progress _ = console.progress("looking for who holds port " + port)) {
            who = Occupancy.of(console.hosts(), port, arguments.protocol(), OwnerQuery.Effort.FIRST_FAMILY);
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                WhoJson.write(out, who);
            }
        } else {
            WhoScreen.print(console.page(), who, sameNamespace(arguments.value("netns")));
        }
        return who.holders().isEmpty() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    /** How {@code why}, which asks one namespace, is sent where this has looked. */
    private static String sameNamespace(@Nullable String netns) {
        return netns == null ? "" : " --netns " + (netns.equals("all") ? "NAME" : netns);
    }
}
