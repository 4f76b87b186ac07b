package dev.berth.cli.command;

import dev.berth.cli.json.SuggestJson;
import dev.berth.cli.look.SuggestQuestion;
import dev.berth.cli.screen.SuggestScreen;
import dev.berth.diagnosis.suggest.Suggestions;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

final class SuggestCommand implements Command {
    /** Where servers usually are; and below 10000, from where programs that pick their own ports take them. */
    static final int NEAR = 8080;

    private static final int MOST = 1000;

    static CommandSpec spec() {
        return new CommandSpec(
                "suggest",
                "a port that is safe to listen on: free, nobody's, and given to no client",
                "",
                0,
                0,
                List.of(),
                List.of(
                        OptionSpec.value("near", "P", "the nearest to this port; " + NEAR + " unless given"),
                        OptionSpec.value("count", "N", "so many ports; 1 unless given"),
                        Commands.PROTOCOL,
                        OptionSpec.value("address", "A", "to be bound at this address, not the wildcard"),
                        OptionSpec.flag("no-probe", "do not try a bind")),
                List.of(
                        new CommandSpec.Example("berth suggest --near 1433", "another port for that server"),
                        new CommandSpec.Example("berth suggest --count 3 --json", "three ports, for a program")),
                List.of("0  a port was found", "1  there is none"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        Integer count = arguments.whole("count", "number of ports", 1, MOST);
        var question = new SuggestQuestion(
                arguments.has("near") ? arguments.port("near") : NEAR,
                count == null ? 1 : count,
                arguments.protocol(),
                arguments.address("address"),
                !arguments.has("no-probe"));
        Suggestions suggestions;
        try (Progress _ = console.progress("looking for a port near " + question.near())) {
            suggestions = question.ask(console.host());
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                SuggestJson.write(out, suggestions);
            }
        } else {
            SuggestScreen.print(console.page(), suggestions);
        }
        return suggestions.ports().isEmpty() ? ExitCode.PROBLEM : ExitCode.OK;
    }
}
