package dev.berth.cli.command;

import dev.berth.cli.json.WhyJson;
import dev.berth.cli.look.WhyQuestion;
import dev.berth.cli.screen.WhyScreen;
import dev.berth.diagnosis.Explanation;
import dev.berth.net.IpAddress;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

final class WhyCommand implements Command {
    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        var question =
                new WhyQuestion(arguments.port(), arguments.protocol(), address(arguments), !arguments.has("no-probe"));
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

    private static @Nullable IpAddress address(Arguments arguments) throws UsageException {
        String text = arguments.value("address");
        if (text == null) {
            return null;
        }
        try {
            return IpAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw Arguments.usage(
                    arguments.spec(),
                    "'" + text + "' is not an IP address",
                    "names are not looked up: give one like 127.0.0.1 or ::1");
        }
    }
}
