package dev.berth.linux.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.rule.RealSockets.Held;
import dev.berth.net.Cases;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindError;
import dev.berth.net.rule.ConnectPrediction;
import dev.berth.net.rule.ConnectPrediction.Allowed;
import dev.berth.net.rule.ConnectPrediction.Depends;
import dev.berth.net.rule.ConnectPrediction.Refused;
import dev.berth.net.rule.ConnectRule;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.Origin;
import dev.berth.net.rule.PortState;
import dev.berth.net.rule.Sharing;
import dev.berth.net.rule.TimeWaitReuse;
import dev.berth.net.rule.TupleSpace;
import dev.berth.net.rule.WantedBind;
import dev.berth.net.rule.WantedConnect;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random sockets on a dynamic range of a few ports, random connects, and whether the kernel does what the rule says. */
final class ConnectRuleOnRealSocketsTest {
    private static final int SETS = 3_000;
    private static final int WIDEST = 5;
    private static final int FIRST_PORT = 20_000;
    private static final int JUST_CLOSED_MILLIS = 59_990;
    private static final List<String> KINDS =
            List.of("auto", "auto", "auto", "auto", "out", "any", "bind", "listen", "accepted", "both");

    private int next = FIRST_PORT;
    private final Tally tally = new Tally();

    /** The ports are counted from the first of the range. */
    private record Case(int width, int reserved, int reuse, boolean timestamps, long seed, List<String> devices) {}

    @Test
    void a_real_kernel_connects_as_the_rule_foretells() throws Exception {
        long seed = Cases.fresh();
        try (RealSockets kernel = RealSockets.open()) {
            Cases.of(random -> sets(random, kernel.devices()))
                    .seed(seed)
                    .count(SETS)
                    .forEach(set -> check(kernel, set));
        }
        tally.print("connect", "connects", SETS, seed);
        tally.check(10);
    }

    private static Case sets(Random random, List<String> devices) {
        int width = 1 + random.nextInt(WIDEST);
        return new Case(
                width,
                random.nextInt(6) == 0 ? random.nextInt(width) : -1,
                random.nextInt(3),
                random.nextInt(4) != 0,
                random.nextLong(),
                devices);
    }

    private void check(RealSockets kernel, Case set) {
        var range = new PortRange(next, next + set.width - 1);
        next = next + WIDEST > 60_000 ? FIRST_PORT : next + WIDEST;
        PortSet reserved = set.reserved < 0 ? PortSet.EMPTY : PortSet.of(PortRange.of(range.first() + set.reserved));
        var random = new Random(set.seed);
        var words = new SocketWords(random, set.devices);
        String sockets = IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> words.socket(String.valueOf(range.first() + random.nextInt(range.size())), "TCP", KINDS))
                .collect(Collectors.joining(";"));
        List<String> wanted = IntStream.range(0, 4)
                .mapToObj(i -> words.wantedConnect(range.first(), range.last(), i == 3))
                .toList();
        List<String> said = kernel.ask("connect %d %d %s %d %d|%s|%s"
                .formatted(
                        range.first(),
                        range.last(),
                        reserved.isEmpty() ? "-" : reserved,
                        set.reuse,
                        set.timestamps ? 1 : 0,
                        sockets,
                        String.join(";", wanted)));
        var reuse = new TimeWaitReuse(set.reuse, set.timestamps, 1);
        for (int i = 0; i < wanted.size(); i++) {
            List<Held> there = Held.parse(said.get(i * 2));
            String outcome = said.get(i * 2 + 1);
            if (!List.of("CONNECT OK", "CONNECT EADDRNOTAVAIL", "BIND EADDRINUSE")
                    .contains(outcome)) {
                tally.notByTheRule++;
                continue;
            }
            ConnectPrediction prediction = predict(wanted.get(i), there, range, reserved, reuse);
            switch (prediction) {
                case Allowed _ -> tally.allowed++;
                case Refused _ -> tally.refused++;
                case Depends _ -> tally.either++;
            }
            List<Held> hidden =
                    there.stream().map(ConnectRuleOnRealSocketsTest::hidden).toList();
            for (ConnectPrediction one : List.of(prediction, predict(wanted.get(i), hidden, range, reserved, reuse))) {
                if (!(one instanceof Depends)) {
                    assertThat(outcome)
                            .as("%s in %s beside %s: %s", wanted.get(i), range, there, one)
                            .matches(said(one));
                }
            }
        }
    }

    /** What a table of sockets shows of it. */
    private static Held hidden(Held held) {
        Holding known = held.holding();
        return new Held(
                held.port(),
                new Holding(
                        known.state(),
                        known.local(),
                        known.remote(),
                        known.local().isV4() ? known.v6Only() : Flag.UNKNOWN,
                        Sharing.UNKNOWN,
                        known.user(),
                        known.device(),
                        known.remote() == null ? known.origin() : Origin.UNKNOWN));
    }

    private static ConnectPrediction predict(
            String text, List<Held> there, PortRange range, PortSet reserved, TimeWaitReuse reuse) {
        String[] words = text.split(",", -1);
        IpAddress bound = IpAddress.parse(words[2]);
        var destination = new Endpoint(IpAddress.parse(words[7]), Integer.parseInt(words[8]));
        IpAddress source = bound.isAny() ? IpAddress.parse(bound.isV4() ? "127.0.0.1" : "::1") : bound;
        var bind = new WantedBind(
                Protocol.TCP,
                bound,
                words[1].equals("6"),
                false,
                Sharing.linux(words[4].equals("1"), words[5].equals("1")),
                words[6],
                0);
        var wanted = new WantedConnect(bind, source, destination);
        return switch (words[0]) {
            case "auto" -> ConnectRule.LINUX.automatic(space(source, destination, there, range, reserved, reuse));
            case "any" -> ConnectRule.LINUX.fromAnyPort(wanted, range, reserved, port -> on(port, there));
            default ->
                ConnectRule.LINUX.fromPort(wanted, on(Integer.parseInt(words[3]), there), Flag.of(reuse.timestamps()));
        };
    }

    private static TupleSpace space(
            IpAddress source,
            Endpoint destination,
            List<Held> there,
            PortRange range,
            PortSet reserved,
            TimeWaitReuse reuse) {
        var space = TupleSpace.over(range, reserved);
        for (Held held : there) {
            Holding holding = held.holding();
            space.socket(
                    held.port(),
                    holding.state(),
                    holding.origin(),
                    holding.local().equals(source) && destination.equals(holding.remote()),
                    reuse.allows(source, destination.address(), JUST_CLOSED_MILLIS));
        }
        return space.build();
    }

    private static PortState on(int port, List<Held> there) {
        return PortState.of(there.stream()
                .filter(held -> held.port() == port)
                .map(Held::holding)
                .toList());
    }

    private static String said(ConnectPrediction prediction) {
        return switch (prediction) {
            case Refused refused when refused.error() == BindError.ADDRESS_IN_USE -> "BIND EADDRINUSE";
            case Refused refused when refused.bindMayFailFirst() -> "BIND EADDRINUSE|CONNECT EADDRNOTAVAIL";
            case Refused _ -> "CONNECT EADDRNOTAVAIL";
            case Allowed _, Depends _ -> "CONNECT OK";
        };
    }
}
