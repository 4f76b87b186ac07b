package dev.berth.linux.kernel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Runs a program of the system for what it lists. */
final class Tool {
    private static final int MOST_MIB = 64;
    private static final int LONGEST_COMPLAINT = 300;

    private Tool() {}

    static ToolReply run(Programs programs, List<String> command, Duration limit) {
        String name = command.getFirst();
        try {
            return switch (programs.run(command, limit, MOST_MIB * 1024 * 1024)) {
                case Programs.Ending.Missing() -> new ToolReply.Missing();
                case Programs.Ending.TooLate() ->
                    new ToolReply.Failed(name + " did not end within " + seconds(limit) + " seconds");
                case Programs.Ending.Ended ended -> reply(name, ended);
            };
        } catch (IOException e) {
            return new ToolReply.Failed(name + " does not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ToolReply.Failed(name + " was not waited for");
        }
    }

    private static ToolReply reply(String name, Programs.Ending.Ended ended) {
        if (ended.exit() != 0) {
            return new ToolReply.Failed(name + ": " + firstLine(ended.complaint()));
        }
        return ended.cut()
                ? new ToolReply.Failed(name + " prints more than Berth reads: " + MOST_MIB + " MiB")
                : new ToolReply.Said(ended.output());
    }

    private static String seconds(Duration limit) {
        return String.format(Locale.ROOT, "%.1f", limit.toMillis() / 1_000.0);
    }

    private static String firstLine(String complaint) {
        String line = complaint
                .lines()
                .filter(one -> !one.isBlank())
                .findFirst()
                .orElse("it failed and did not say why")
                .strip();
        return line.substring(0, Math.min(line.length(), LONGEST_COMPLAINT));
    }
}
