package dev.berth.cli.command;

import dev.berth.cli.json.WhyJson;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.cli.screen.WhyScreen;
import dev.berth.diagnosis.Explanation;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;

final class WhyCommand implements Command {
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
            WhyScreen.print(console.page(), why, answer.privilegedBelow());
        }
        if (why.listenable() == null) {
            return ExitCode.NOT_POSSIBLE;
        }
        return why.listenable() ? ExitCode.OK : ExitCode.PROBLEM;
    }
}
