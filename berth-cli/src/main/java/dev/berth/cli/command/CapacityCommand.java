package dev.berth.cli.command;

import dev.berth.cli.json.CapacityJson;
import dev.berth.cli.look.CapacityAnswer;
import dev.berth.cli.look.CapacityQuestion;
import dev.berth.cli.screen.CapacityScreen;
import dev.berth.diagnosis.capacity.Pool;
import dev.berth.diagnosis.capacity.Profile;
import dev.berth.diagnosis.capacity.WhatIf;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class CapacityCommand implements Command {
    private static final int LONGEST_TIME_WAIT = 3_600;
    private static final int LONGEST_HOLD = 604_800; // a week
    private static final double SLOWEST = 0.001;
    private static final int FASTEST = 1_000_000;
    private static final int MOST_ENDPOINTS = 1_000_000;
    private static final int MOST_RETRIES = 1_000;

    static CommandSpec spec() {
        return new CommandSpec(
                "capacity",
                "how many calls a second the local ports carry, here or in a what-if, and what carries more",
                "",
                0,
                0,
                List.of(),
                List.of(
                        OptionSpec.value("rate", "R", "calls a second: do they fit, and if not, what reaches them?"),
                        OptionSpec.value("to", "IP:PORT", "the live numbers towards this destination"),
                        OptionSpec.value("range", "A-B", "local ports A to B, all of them"),
                        OptionSpec.value("ports", "N", "so many local ports"),
                        OptionSpec.choice(
                                "profile",
                                "a system as it comes, not this host",
                                "linux",
                                "windows",
                                "windows-2000",
                                "windows-2003"),
                        OptionSpec.value("time-wait", "S", "seconds that a closed connection keeps its port"),
                        OptionSpec.value("hold", "S", "seconds from connect to close; 0 unless given or measured"),
                        OptionSpec.value("sources", "N", "local addresses to connect from; 1 unless given"),
                        OptionSpec.value("destinations", "N", "addresses or ports to connect to; 1 unless given"),
                        OptionSpec.value("retries", "N", "connections a call makes beyond its first; 0 unless given")),
                List.of(
                        new CommandSpec.Example("berth capacity", "this host as it is"),
                        new CommandSpec.Example(
                                "berth capacity --rate 1000 --hold 0.2", "do 1,000 calls a second of 0.2 s fit?"),
                        new CommandSpec.Example(
                                "berth capacity --profile windows-2003", "1025-5000, 240 s: about 16 a second"),
                        new CommandSpec.Example("berth capacity --to 10.0.0.5:443 --json", "one destination")),
                List.of("0  done; with --rate: it fits", "1  the rate does not fit"));
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        CapacityAnswer answer = answer(arguments, console, asked(arguments));
        if (answer.numbers().load().secondsEach() == 0) {
            throw Arguments.usage(
                    arguments.spec(),
                    "no rate uses up ports that are taken for no time",
                    "neither is there a TIME_WAIT, nor does a connection last: say how long a call lasts, like --hold 0.2");
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                CapacityJson.write(out, answer);
            }
        } else {
            CapacityScreen.print(console.page(), answer);
        }
        return answer.fits() ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private static CapacityAnswer answer(Arguments arguments, Console console, WhatIf asked)
            throws UsageException, HostReadException, IOException {
        var question = new CapacityQuestion(asked);
        Profile profile = profile(arguments);
        if (profile != null) {
            return question.assume(profile);
        }
        boolean elsewhere = arguments.has("from") || arguments.has("netns");
        if (!asked.needsHost() && !elsewhere) {
            return question.assume(List.of());
        }
        try (Progress _ = console.progress("counting the local ports of this host")) {
            HostNetwork host = console.host();
            return question.ask(host);
        } catch (HostReadException e) {
            boolean unknownSystem = e.kind() == HostReadException.Kind.NOT_ON_THIS_SYSTEM;
            if (!unknownSystem || elsewhere || asked.asksNothing() || asked.to() != null) {
                throw e;
            }
            return question.assume(List.of(new Gap("the numbers of this host", e.why())));
        }
    }

    private static @Nullable Profile profile(Arguments arguments) throws UsageException {
        String label = arguments.value("profile");
        if (label == null) {
            return null;
        }
        for (String live : List.of("to", "from", "netns")) {
            if (arguments.has(live)) {
                throw Arguments.usage(
                        arguments.spec(),
                        "--profile is about no host, and --" + live + " is about one",
                        "give one of them; --range and --time-wait replace single numbers of a host");
            }
        }
        return Profile.labelled(label);
    }

    private static WhatIf asked(Arguments arguments) throws UsageException {
        if (arguments.has("to") && arguments.has("destinations")) {
            throw Arguments.usage(
                    arguments.spec(),
                    "--to is about one destination, and --destinations about several",
                    "give one of them; --to with --rate says how many destinations like it reach the rate");
        }
        return new WhatIf(
                pool(arguments),
                arguments.decimal("time-wait", "length of a TIME_WAIT in seconds", 0, LONGEST_TIME_WAIT),
                arguments.decimal("hold", "length of a call in seconds", 0, LONGEST_HOLD),
                endpoints(arguments, "sources"),
                endpoints(arguments, "destinations"),
                arguments.decimal("retries", "number of retries", 0, MOST_RETRIES),
                arguments.decimal("rate", "rate", SLOWEST, FASTEST),
                to(arguments));
    }

    private static @Nullable Pool pool(Arguments arguments) throws UsageException {
        PortRange range = arguments.range("range");
        Integer ports = arguments.whole("ports", "number of ports", 1, PortRange.ALL.last());
        if (range != null && ports != null) {
            throw Arguments.usage(arguments.spec(), "--range and --ports say the same thing twice", "give one of them");
        }
        return range != null ? Pool.of(range) : ports != null ? Pool.of(ports) : null;
    }

    private static @Nullable Long endpoints(Arguments arguments, String option) throws UsageException {
        Integer number = arguments.whole(option, "number of " + option, 1, MOST_ENDPOINTS);
        return number == null ? null : Long.valueOf(number);
    }

    private static @Nullable Endpoint to(Arguments arguments) throws UsageException {
        String text = arguments.value("to");
        if (text == null) {
            return null;
        }
        String why = "names are not looked up: give an address and a port, like 10.0.0.5:443";
        try {
            Target target = Target.parse(text);
            if (target.address() != null) {
                return target.at(target.address());
            }
        } catch (IllegalArgumentException e) {
            why = String.valueOf(e.getMessage());
        }
        throw Arguments.usage(arguments.spec(), "'" + text + "' is not a destination", why);
    }
}
