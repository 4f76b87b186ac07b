package dev.berth.cli.screen;

import dev.berth.diagnosis.Fix;
import java.util.List;

/** Ways out, numbered, each with what to type where it is one command. */
final class FixList {
    private FixList() {}

    static void print(Page page, String title, List<Fix> fixes) {
        if (fixes.isEmpty()) {
            return;
        }
        page.blank().line(page.ink().bold(title));
        int number = 1;
        for (Fix fix : fixes) {
            page.prose("  " + number, 3, 4, Escaped.text(fix.summary()) + " (" + risk(fix) + ")");
            if (fix.command() != null) {
                page.line("      " + page.ink().cyan(Escaped.text(fix.command())));
            }
            number++;
        }
    }

    private static String risk(Fix fix) {
        return (fix.risk() == Fix.Risk.NONE ? "no risk" : fix.risk().label() + " risk")
                + (fix.persistent() ? ", lasts over restarts" : "");
    }
}
