package dev.berth.cli.command;

import dev.berth.cli.json.FailuresJson;
import dev.berth.cli.look.FailureGroup.News;
import dev.berth.cli.look.FailureWatch;
import dev.berth.cli.screen.FailuresScreen;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class FailuresCommand implements Command {
    private static final int MOST = 1_000_000;

    static CommandSpec spec() {
        return new CommandSpec(
                "failures",
                "connects that find no local port, as they happen, by destination and process (Linux)",
                "",
                0,
                0,
                List.of(),
                List.of(
                        OptionSpec.value("for", "SECONDS", "so long; until interrupted unless given"),
                        OptionSpec.value(
                                "count",
                                "N",
                                "until so many have failed, or some more: they are fetched 50 times a second"),
                        OptionSpec.flag(
                                "binds",
                                "also bind() and listen() that fail; meanwhile every system call of every process"
                                        + " takes about 27 ns longer")),
                List.of(
                        new CommandSpec.Example("berth failures", "watch until Ctrl-C, then sum up"),
                        new CommandSpec.Example("berth failures --for 60 --json", "a minute, for a program"),
                        new CommandSpec.Example("berth failures --binds --netns all", "binds too, in every namespace")),
                List.of("0  nothing failed", "1  something did"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        Duration most = arguments.someSeconds("for");
        Integer count = arguments.whole("count", "number of failures", 1, MOST);
        long enough = count == null ? Long.MAX_VALUE : count;
        boolean everywhere = "all".equals(arguments.value("netns"));
        var query = new FailureQuery(arguments.has("binds"), everywhere);
        try (var interruption = new Interruption();
                var watch = new FailureWatch(console.hosts(), query)) {
            interruption.atLeast(watch::close);
            Instant since = Instant.now();
            long start = System.nanoTime();
            console.warn("watching for connects that find no local port"
                    + (query.calls() ? ", and for bind() and listen() that fail" : ""));
            var screen = console.json() ? null : new FailuresScreen(console.page(), everywhere);
            Duration watched;
            boolean stop = false;
            do {
                watched = Duration.ofNanos(System.nanoTime() - start);
                stop |= most != null && watched.compareTo(most) >= 0;
                watch.fetch();
                stop |= watch.tally().total() >= enough;
                tell(watch, screen, console);
                stop = stop || interruption.await(FailureWatch.PACE);
            } while (!stop);
            watch.fetch();
            sumUp(arguments, console, watch, screen, since, Duration.ofNanos(System.nanoTime() - start));
            return watch.tally().total() == 0 && watch.missed().lost() == 0 ? ExitCode.OK : ExitCode.PROBLEM;
        }
    }

    private static void tell(FailureWatch watch, @Nullable FailuresScreen screen, Console console) throws IOException {
        if (screen == null) {
            return;
        }
        List<News> news = watch.tally().news(System.nanoTime());
        if (!news.isEmpty()) {
            news.forEach(screen::line);
            console.flush();
        }
    }

    private static void sumUp(
            Arguments arguments,
            Console console,
            FailureWatch watch,
            @Nullable FailuresScreen screen,
            Instant since,
            Duration watched)
            throws IOException {
        if (screen == null) {
            try (OutputStream out = console.bytes()) {
                FailuresJson.write(out, watch, since, watched);
            }
        } else {
            String netns = arguments.value("netns");
            screen.summary(
                    watch.tally(),
                    watch.missed(),
                    watched,
                    watch.gaps(watch.tally()),
                    netns == null || watch.query().everyNamespace() ? "" : " --netns " + netns);
        }
        console.flush();
    }
}
