package dev.berth.linux.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.linux.rule.RealSockets.Held;
import dev.berth.net.Cases;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.rule.BindPrediction;
import dev.berth.net.rule.BindPrediction.Allowed;
import dev.berth.net.rule.BindPrediction.Depends;
import dev.berth.net.rule.BindPrediction.Refused;
import dev.berth.net.rule.BindRule;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.PortState;
import dev.berth.net.rule.Sharing;
import dev.berth.net.rule.WantedBind;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random sockets on one port, random binds to it, and whether the kernel does what the rule says. */
final class BindRuleOnRealSocketsTest {
    private static final int SETS = 5_000;
    private static final int FIRST_PORT = 2_000;
    private static final List<String> TCP_KINDS = List.of("bind", "listen", "auto", "out", "accepted", "both", "auto");
    private static final List<String> UDP_KINDS = List.of("bind", "auto", "out");

    private int port = FIRST_PORT;
    private final Tally tally = new Tally();

    private record Case(String protocol, String sockets, String wanted) {}

    @Test
    void a_real_kernel_binds_as_the_rule_foretells() throws Exception {
        long seed = Cases.fresh();
        try (RealSockets kernel = RealSockets.open()) {
            Cases.of(random -> sets(random, kernel.devices()))
                    .seed(seed)
                    .count(SETS)
                    .forEach(set -> check(kernel, set));
        }
        tally.print("bind", "binds", SETS, seed);
        tally.check(20);
    }

    private static Case sets(Random random, List<String> devices) {
        var words = new SocketWords(random, devices);
        String protocol = words.oneIn(4) ? "UDP" : "TCP";
        List<String> kinds = protocol.equals("TCP") ? TCP_KINDS : UDP_KINDS;
        return new Case(
                protocol,
                IntStream.rangeClosed(0, random.nextInt(4))
                        .mapToObj(i -> words.socket("*", protocol, kinds))
                        .collect(Collectors.joining(";")),
                IntStream.range(0, 6).mapToObj(i -> words.wantedBind()).collect(Collectors.joining(";")));
    }

    private void check(RealSockets kernel, Case set) {
        List<String> said = kernel.ask("bind %d %s|%s|%s".formatted(port++, set.protocol, set.sockets, set.wanted));
        List<Holding> holdings =
                Held.parse(said.get(0)).stream().map(Held::holding).toList();
        String[] wanted = set.wanted.split(";", -1);
        for (int i = 0; i < wanted.length; i++) {
            String outcome = said.get(i + 1);
            if (!outcome.equals("OK") && !outcome.equals("EADDRINUSE")) {
                tally.notByTheRule++;
                continue;
            }
            WantedBind bind = bind(set.protocol, wanted[i]);
            BindPrediction prediction = BindRule.LINUX.predict(bind, PortState.of(holdings));
            count(prediction);
            hold(prediction, outcome, bind, holdings);
            List<Holding> hidden =
                    holdings.stream().map(BindRuleOnRealSocketsTest::hidden).toList();
            hold(BindRule.LINUX.predict(bind, PortState.of(hidden)), outcome, bind, hidden);
        }
    }

    private static void hold(BindPrediction prediction, String outcome, WantedBind bind, List<Holding> holdings) {
        if (!(prediction instanceof Depends)) {
            assertThat(prediction)
                    .as("%s: %s beside %s", outcome, bind, holdings)
                    .isInstanceOf(outcome.equals("OK") ? Allowed.class : Refused.class);
        }
    }

    private void count(BindPrediction prediction) {
        switch (prediction) {
            case Allowed() -> tally.allowed++;
            case Refused _ -> tally.refused++;
            case Depends _ -> tally.either++;
        }
    }

    /** What a table of sockets shows of it. */
    private static Holding hidden(Holding held) {
        return new Holding(
                held.state(),
                held.local(),
                held.remote(),
                held.local().isV4() ? held.v6Only() : Flag.UNKNOWN,
                Sharing.UNKNOWN,
                held.user(),
                held.device(),
                held.origin());
    }

    static WantedBind bind(String protocol, String text) {
        String[] words = text.split(",", -1);
        return new WantedBind(
                Protocol.valueOf(protocol),
                IpAddress.parse(words[1]),
                words[0].equals("6"),
                words[2].equals("1"),
                Sharing.linux(words[3].equals("1"), words[4].equals("1")),
                words[5],
                Integer.parseInt(words[6]));
    }
}
