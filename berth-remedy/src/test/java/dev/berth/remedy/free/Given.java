package dev.berth.remedy.free;

import dev.berth.diagnosis.Attempt;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.Holders;
import dev.berth.diagnosis.ProbePlan;
import dev.berth.diagnosis.WhyDiagnosis;
import dev.berth.diagnosis.WhyFacts;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Ancestry;
import dev.berth.platform.FakeHostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Port 1433 of hosts made up for a test, and questions about it. */
final class Given {
    static final int PORT = 1433;
    static final Lineage STRANGER = new Lineage(
            new Ancestry(
                    List.of(
                            new ProcessRef(901, Instant.ofEpochSecond(1_901)),
                            new ProcessRef(900, Instant.ofEpochSecond(1_900))),
                    true),
            Set.of("runner.service"));

    private static final SocketQuery TCP = SocketQuery.all(Protocol.TCP).with(PortRange.of(PORT));

    private Given() {}

    static ProcessInfo process(int pid, String name, @Nullable String unit) {
        return new ProcessInfo(pid, name, null, "root", Instant.ofEpochSecond(1_000 + pid), unit, null);
    }

    /** With processes 42 (curl), 50, 51, 52 (a family named server), 60 (of web.service), each with its start time. */
    static FakeHostNetwork host(String... sockets) {
        return FakeHostNetwork.with(sockets)
                .process(process(1, "systemd", null))
                .process(process(42, "curl", null))
                .process(process(50, "server", null))
                .process(process(51, "server", null))
                .process(process(52, "server", null))
                .process(process(60, "web", "web.service"))
                .process(process(61, "web", "web.service"))
                .process(process(900, "bash", null));
    }

    /** As {@code berth why 1433} asks. */
    static Explanation why(FakeHostNetwork host) throws HostReadException {
        return why(host, holder -> holder);
    }

    /** As {@code berth why 1433} asks, and is told more of the holders. */
    static Explanation why(FakeHostNetwork host, UnaryOperator<Holder> told) throws HostReadException {
        SocketColumns sockets = host.snapshot(TCP).sockets();
        List<Holder> holders =
                Holders.of(sockets, host.owners(OwnerQuery.everything()), host::process, host.namespace()).stream()
                        .map(told)
                        .toList();
        ProbePlan plan = ProbePlan.of(host.facts(), IpAddress.ANY_V6, PORT, Protocol.TCP, holders, false, null);
        List<Attempt> proof = plan.requests().stream()
                .map(request -> new Attempt(request, host.probe(request)))
                .toList();
        return WhyDiagnosis.explain(new WhyFacts(
                PORT,
                Protocol.TCP,
                IpAddress.ANY_V6,
                holders,
                Set.of(),
                true,
                proof,
                plan,
                host.settings(),
                host.facts(),
                false,
                null,
                List.of()));
    }

    static Situation situation(FakeHostNetwork host) throws HostReadException {
        var boundByNumber = new HashSet<Long>();
        SocketQuery explicit = TCP.with(SocketQuery.PortOrigin.EXPLICIT);
        for (var row = host.snapshot(explicit).sockets().cursor(); row.next(); ) {
            boundByNumber.add(row.cookie());
        }
        return new Situation(why(host), boundByNumber, STRANGER, host.facts().privileged());
    }

    static FreeOptions gently() {
        return new FreeOptions(Duration.ZERO, null, Duration.ofSeconds(5), false);
    }

    static FreeOptions only(Way way) {
        return gently().by(way);
    }

    static FreeOptions waiting(int seconds) {
        return new FreeOptions(Duration.ofSeconds(seconds), null, Duration.ofSeconds(5), false);
    }

    static FreeOptions forcing() {
        return new FreeOptions(Duration.ZERO, null, Duration.ofSeconds(5), true);
    }
}
