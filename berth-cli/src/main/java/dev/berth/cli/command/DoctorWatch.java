package dev.berth.cli.command;

import dev.berth.cli.look.Earlier;
import dev.berth.cli.look.Examination;
import dev.berth.cli.look.FailureFetching;
import dev.berth.cli.look.FailureTally;
import dev.berth.cli.look.FailureWatch;
import dev.berth.cli.look.FailureWatch.Missed;
import dev.berth.cli.screen.DoctorScreen;
import dev.berth.cli.screen.FailuresScreen;
import dev.berth.platform.FailureFeed;
import dev.berth.platform.FailureQuery;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code berth doctor --watch}: the doctor's look again and again, each measured against the one before, and what failed in between. */
final class DoctorWatch {
    static final int EVERY_SECONDS = 5;

    /** By then every TIME_WAIT of the look before is gone, and what was opened in between cannot be counted. */
    private static final Duration LONGEST_MEASURE = Duration.ofSeconds(60);

    private static final List<String> OPTIONS = List.of("every", "for");

    private final Arguments arguments;
    private final Console console;
    private @Nullable Gap failuresUnseen;
    private Missed missed = Missed.NONE;
    private List<Earlier> earlier = List.of();
    private int code = ExitCode.OK;

    private DoctorWatch(Arguments arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    static List<OptionSpec> options() {
        return List.of(
                OptionSpec.flag(
                        "watch", "look again and again, and tell what happened and which connects failed in between"),
                OptionSpec.value(
                        "every", "SECONDS", "with --watch: so often; every " + EVERY_SECONDS + " unless given"),
                OptionSpec.value("for", "SECONDS", "with --watch: so long; until interrupted unless given"));
    }

    /** Whether the arguments ask for it, and for nothing that does not go with it. */
    static boolean wanted(Arguments arguments) throws UsageException {
        boolean watch = arguments.has("watch");
        for (String option : OPTIONS) {
            if (!watch && arguments.has(option)) {
                throw Arguments.usage(arguments.spec(), "--" + option + " needs --watch", "one look takes no time");
            }
        }
        if (watch && arguments.has("json")) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--watch does not go with --json",
                    "it never ends a document; berth failures --json and berth doctor --json do");
        }
        if (watch && arguments.has("from")) {
            throw Arguments.usage(
                    arguments.spec(), "--watch does not go with --from", "a recording is one look, and stays the same");
        }
        return watch;
    }

    static int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        return new DoctorWatch(arguments, console).run();
    }

    private int run() throws UsageException, HostReadException, IOException {
        Duration given = arguments.someSeconds("every");
        Duration every = given == null ? Duration.ofSeconds(EVERY_SECONDS) : given;
        Duration most = arguments.someSeconds("for");
        long end = most == null ? Long.MAX_VALUE : System.nanoTime() + most.toNanos();
        List<HostNetwork> hosts = console.hosts();
        try (var interruption = new Interruption();
                var watch = open(hosts)) {
            if (watch != null) {
                interruption.atLeast(watch::close);
            }
            try (var fetching = watch == null ? null : new FailureFetching(watch)) {
                boolean first = true;
                boolean stop;
                do {
                    long next = System.nanoTime() + every.toNanos();
                    look(hosts, watch, first);
                    first = false;
                    if (every.compareTo(LONGEST_MEASURE) <= 0) {
                        earlier = Earlier.of(hosts);
                    }
                    long until = Math.min(next, end);
                    do {
                        stop = interruption.await(FailureWatch.PACE);
                        if (fetching != null) {
                            fetching.check();
                        }
                    } while (!stop && System.nanoTime() < until);
                    stop |= System.nanoTime() >= end;
                } while (!stop);
            }
            if (watch != null) {
                watch.fetch();
                if (watch.tally().total() > 0 || watch.missed().since(missed).lost() > 0) {
                    tell(watch, watch.tally());
                }
            }
            console.flush();
            return code;
        }
    }

    private @Nullable FailureWatch open(List<HostNetwork> hosts) {
        try {
            return new FailureWatch(hosts, new FailureQuery(false, "all".equals(arguments.value("netns"))));
        } catch (HostReadException e) {
            failuresUnseen = new Gap(
                    "connects as they fail",
                    e.next().equals(FailureFeed.INSTEAD) ? e.why() : e.why() + " (" + e.next() + ")");
            return null;
        }
    }

    /** What failed comes last, so that it stays in sight on a terminal that is too low for all of it. */
    private void look(List<HostNetwork> hosts, @Nullable FailureWatch watch, boolean first)
            throws HostReadException, IOException {
        var examinations = new ArrayList<>(Examination.of(hosts, !arguments.has("no-owners"), earlier));
        FailureTally failed = watch == null || first ? null : watch.takeTally();
        examinations.addLast(examinations.removeLast().without(unseen(watch, failed)));
        console.page().note("── " + Instant.now().truncatedTo(ChronoUnit.SECONDS) + " ──");
        DoctorScreen.print(console.page(), examinations, arguments.has("all"));
        if (watch != null && failed != null) {
            tell(watch, failed);
        } else if (watch != null) {
            screen(watch).beforeTheSecondLook();
        }
        console.flushInPlace(first);
        code = Math.max(code, DoctorCommand.code(examinations));
    }

    private List<Gap> unseen(@Nullable FailureWatch watch, @Nullable FailureTally failed) {
        if (watch != null) {
            return watch.gaps(failed == null ? watch.tally() : failed);
        }
        return failuresUnseen == null ? List.of() : List.of(failuresUnseen);
    }

    private void tell(FailureWatch watch, FailureTally failed) {
        Missed now = watch.missed();
        Missed since = now.since(missed);
        missed = now;
        screen(watch).sinceTheLastLook(failed, since);
        code = failed.total() > 0 || since.lost() > 0 ? ExitCode.PROBLEM : code;
    }

    private FailuresScreen screen(FailureWatch watch) {
        return new FailuresScreen(console.page(), watch.query().everyNamespace());
    }
}
