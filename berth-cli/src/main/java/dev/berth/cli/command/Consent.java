package dev.berth.cli.command;

import java.io.IOException;

/** Nothing is done that nobody has agreed to. */
final class Consent {
    private Consent() {}

    /** Returns where the answer is yes; {@code --yes} gives it beforehand. */
    static void ask(Arguments arguments, Console console, String question) throws UsageException, IOException {
        if (arguments.has("yes")) {
            return;
        }
        if (console.json() || !console.canAsk()) {
            console.flush();
            throw new UsageException(
                    "nothing was done: berth " + arguments.spec().name() + " needs --yes where it cannot ask",
                    console.json() ? "a JSON document leaves no room for a question" : "there is no terminal",
                    "look first: --dry-run; then give --yes");
        }
        if (!console.asks(question)) {
            throw new UsageException("nothing was done", "the answer was not yes", "answer y, or give --yes");
        }
    }
}
