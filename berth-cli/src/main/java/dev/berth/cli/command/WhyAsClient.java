package dev.berth.cli.command;

import dev.berth.cli.json.ConnectJson;
import dev.berth.cli.look.ConnectQuestion;
import dev.berth.cli.look.Names;
import dev.berth.cli.screen.ConnectScreen;
import dev.berth.diagnosis.connect.ConnectExplanation;
import dev.berth.diagnosis.connect.ConnectVerdict;
import dev.berth.net.IpAddress;
import dev.berth.platform.Gap;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code berth why HOST:PORT --as client}: the other side of {@code why}. */
final class WhyAsClient implements Command {
    private static final String EXAMPLE = "berth why 10.0.0.5:443 --as client";
    private static final List<String> OF_SERVERS = List.of("address", "protocol", "no-probe");
    private static final List<String> OF_CLIENTS = List.of("source", "local-port");

    /** What is asked about, as it is written in the answer, and where it is. */
    private record Asked(Target target, List<IpAddress> addresses) {}

    /** Whether the question is a client's; refuses one that is half a client's and half a server's. */
    static boolean isAsked(Arguments arguments) throws UsageException {
        boolean client = "client".equals(arguments.value("as"));
        String operand = arguments.operands().getFirst();
        if (client && !Target.looksLikeOne(operand)) {
            throw new UsageException(
                    "'" + operand + "' is not a destination",
                    "a client is asked about as HOST:PORT: where it connects to",
                    EXAMPLE);
        }
        if (!client && Target.looksLikeOne(operand)) {
            throw new UsageException(
                    "'" + operand + "' is not a port",
                    "a server is asked about as PORT; HOST:PORT is what a client connects to",
                    "berth why " + operand + " --as client");
        }
        for (String option : client ? OF_SERVERS : OF_CLIENTS) {
            boolean said = arguments.has(option) && !"tcp".equals(arguments.value(option)); // a client's protocol
            if (said) {
                throw Arguments.usage(
                        arguments.spec(),
                        "--" + option + (client ? " is about servers" : " is about clients"),
                        client ? "a client is asked about with --source" : "it goes with --as client");
            }
        }
        return client;
    }

    @Override
    public int run(Arguments arguments, Console console) throws UsageException, HostReadException, IOException {
        Asked asked = asked(arguments);
        IpAddress destination = asked.addresses.getFirst();
        var question = new ConnectQuestion(
                asked.target.at(destination),
                source(arguments, destination),
                arguments.has("local-port") ? arguments.port("local-port") : null);
        HostNetwork host = console.host();
        ConnectExplanation why;
        try (Progress _ = console.progress(
                "looking at the connections to " + arguments.operands().getFirst())) {
            why = question.ask(host);
        }
        String name = asked.target.address() == null ? asked.target.host() : null;
        if (asked.addresses.size() > 1) {
            why = why.with(otherAddresses(asked));
        }
        if (console.json()) {
            try (OutputStream out = console.bytes()) {
                ConnectJson.write(out, why, name);
            }
        } else {
            ConnectScreen.print(console.page(), why, name);
        }
        if (why.connectable() == null) {
            return ExitCode.NOT_POSSIBLE;
        }
        boolean slow = why.localPort() == null && why.verdict() == ConnectVerdict.PAST_CLIFF;
        return why.connectable() && !slow ? ExitCode.OK : ExitCode.PROBLEM;
    }

    private static Asked asked(Arguments arguments) throws UsageException {
        String operand = arguments.operands().getFirst();
        Target target;
        try {
            target = Target.parse(operand);
        } catch (IllegalArgumentException e) {
            throw new UsageException("'" + operand + "' is not a destination", String.valueOf(e.getMessage()), EXAMPLE);
        }
        if (target.address() != null) {
            return new Asked(target, List.of(target.address()));
        }
        for (String elsewhere : List.of("from", "netns")) {
            if (arguments.has(elsewhere)) {
                throw new UsageException(
                        "'" + target.host() + "' cannot be looked up with --" + elsewhere,
                        "names are resolved on this host, in its own namespace, and may mean another address there",
                        "give an address: " + EXAMPLE);
            }
        }
        List<IpAddress> addresses = Names.addressesOf(target.host());
        if (addresses.isEmpty()) {
            throw new UsageException(
                    "cannot find the address of '" + target.host() + "'",
                    "the system's resolver knows none",
                    "getent ahosts " + target.host() + ", or give an address: " + EXAMPLE);
        }
        return new Asked(target, addresses);
    }

    private static @Nullable IpAddress source(Arguments arguments, IpAddress destination) throws UsageException {
        IpAddress source = arguments.address("source");
        if (source != null && (source.isAny() || source.isV4() != destination.isV4())) {
            throw Arguments.usage(
                    arguments.spec(),
                    "no connection to " + destination + " comes from " + source,
                    source.isAny() ? "it is what servers bind" : "one is IPv4 and the other IPv6");
        }
        return source;
    }

    private static Gap otherAddresses(Asked asked) {
        return new Gap(
                "other addresses of " + asked.target.host(),
                "asked about the first of %d; the others are %s"
                        .formatted(
                                asked.addresses.size(),
                                asked.addresses.stream()
                                        .skip(1)
                                        .map(IpAddress::toString)
                                        .collect(Collectors.joining(", "))));
    }
}
