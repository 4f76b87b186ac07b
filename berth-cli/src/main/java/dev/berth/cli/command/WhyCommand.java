package dev.berth.cli.command;

import dev.berth.cli.json.WhyJson;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.cli.screen.WhyScreen;
import dev.berth.diagnosis.Explanation;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

final class WhyCommand implements Command {
    static CommandSpec spec() {
        return new CommandSpec(
                "why",
                "why a port cannot be bound, proved by a real bind, or a destination not be connected to",
                "PORT|HOST:PORT",
                1,
                1,
                List.of(),
                List.of(
                        OptionSpec.value("address", "A", "ask about this address, not the wildcard"),
                        Commands.PROTOCOL,
                        OptionSpec.flag("no-probe", "do not try a bind"),
                        OptionSpec.choice(
                                "as", "a server on PORT unless given, or a client of HOST:PORT", "server", "client"),
                        OptionSpec.value("source", "A", "the address a client connects from"),
                        OptionSpec.value("local-port", "P", "the local port a client chooses by number")),
                List.of(
                        new CommandSpec.Example("berth why 1433", "why can no server have port 1433?"),
                        new CommandSpec.Example("berth why 53 --address 127.0.0.1 --protocol udp", "one address, UDP"),
                        new CommandSpec.Example(
                                "berth why 10.0.0.5:443 --as client", "are local ports left to connect there?")),
                List.of(
                        "0  a server can bind it now; a client can connect",
                        "1  it cannot, or only slowly",
                        "4  unknown, or not possible on this system"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        if (WhyAsClient.isAsked(arguments)) {
            return new WhyAsClient().run(arguments, console);
        }
        var question = new WhyQuestion(
                arguments.port(), arguments.protocol(), arguments.address("address"), !arguments.has("no-probe"));
        WhyQuestion.Answer answer;
        try (Progress _ = console.progress("looking into port " + question.port())) {
            answer = question.ask(console.host(), console::everyNamespace);
        }
        Explanation why = answer.explanation();
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                WhyJson.write(out, why);
            }
        } else {
            WhyScreen.print(console.page(), why, answer.privilegedBelow(), answer.onWindows());
        }
        if (why.listenable() == null) {
            return ExitCode.NOT_POSSIBLE;
        }
        return why.listenable() ? ExitCode.OK : ExitCode.PROBLEM;
    }
}
