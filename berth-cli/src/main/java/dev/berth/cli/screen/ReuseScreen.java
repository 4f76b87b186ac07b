package dev.berth.cli.screen;

import dev.berth.diagnosis.Recycling;
import dev.berth.diagnosis.SettingNames;
import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a client may take over a port that is in TIME_WAIT. */
public final class ReuseScreen {
    /** What decides about it. */
    public static final List<String> SETTINGS = List.of(Recycling.SETTING, SettingNames.REUSE_DELAY);

    private static final int INDENT = 20;

    private ReuseScreen() {}

    public static void print(Page page, Settings settings) {
        String reuse = settings.running(SETTINGS.getFirst());
        page.prose(0, page.ink().bold(meaning(reuse)));
        for (String name : SETTINGS) {
            Tunable tunable = settings.tunables().get(name);
            if (tunable != null) {
                page.prose(2, name + " = " + (tunable.running() == null ? "unknown" : Escaped.text(tunable.running())));
                Tunable.Assignment next = tunable.persistent();
                page.prose(
                        "    at next start",
                        17,
                        INDENT,
                        next == null
                                ? "no file sets it: the system's default"
                                : Escaped.text(next.value()) + "  (" + Escaped.text(next.source()) + ")");
            }
        }
        page.gaps(settings.gaps());
    }

    private static String meaning(@Nullable String reuse) {
        return switch (reuse) {
            case "0" -> "off: a port in TIME_WAIT waits its time out";
            case "1" -> "on: a client may take over a port that is in TIME_WAIT to the same destination";
            case "2" -> "loopback: a client may take over a port in TIME_WAIT where both ends are on this host";
            case null, default -> "unknown";
        };
    }
}
