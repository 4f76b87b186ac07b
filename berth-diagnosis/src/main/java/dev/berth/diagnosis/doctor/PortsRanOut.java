package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.MoreConnections;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.PortEvents.Event;
import dev.berth.platform.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of Windows says that ports ran out: records of Tcpip in the System log, by their ids.
 *
 * @param times how many records were read, of which there may be more
 * @param sinceLast how long before the look the last one was
 * @param listened ports with a listener
 */
record PortsRanOut(Kind kind, int times, Instant first, Instant last, Duration sinceLast, PortSet listened)
        implements Finding {
    private static final Duration LATELY = Duration.ofDays(1);

    /** What a record says, in its own words made short. */
    enum Kind {
        REUSED_TOO_SOON(
                4227,
                "a connection was refused because its local endpoint had been connected to the same destination just before",
                "Connections were opened and closed so fast that all local ports were in use, and one was used again too soon."),
        NO_TCP_PORT(
                4231,
                "no TCP port was left to choose",
                "Every port of the dynamic range was in use when a program asked for one (WSAENOBUFS, 10055)."),
        NO_UDP_PORT(
                4266,
                "no UDP port was left to choose",
                "Every port of UDP's dynamic range was in use when a program asked for one (WSAENOBUFS, 10055).");

        private final int id;
        private final String inShort;
        private final String meaning;

        Kind(int id, String inShort, String meaning) {
            this.id = id;
            this.inShort = inShort;
            this.meaning = meaning;
        }

        private static @Nullable Kind of(int id) {
            for (Kind kind : values()) {
                if (kind.id == id) {
                    return kind;
                }
            }
            return null;
        }
    }

    static void find(Examined host, Consumer<Finding> found) {
        Map<Kind, List<Instant>> byKind = new EnumMap<>(Kind.class);
        for (Event event : host.further().events().events()) {
            Kind kind = Kind.of(event.id());
            if (kind != null) {
                byKind.computeIfAbsent(kind, _ -> new ArrayList<>()).add(event.at());
            }
        }
        byKind.forEach((kind, times) -> {
            Instant last = Collections.max(times);
            Duration since = Duration.between(last, host.further().readAt());
            found.accept(new PortsRanOut(kind, times.size(), Collections.min(times), last, since, host.listened()));
        });
    }

    /** Whether the log says so of that protocol. */
    static boolean isLogged(Protocol protocol, Examined host) {
        return host.further().events().events().stream()
                .map(event -> Kind.of(event.id()))
                .anyMatch(kind -> kind != null && (kind == Kind.NO_UDP_PORT) == (protocol == Protocol.UDP));
    }

    @Override
    public String id() {
        return "ports-ran-out";
    }

    @Override
    public Severity severity() {
        return sinceLast.compareTo(LATELY) <= 0 ? Severity.WARNING : Severity.INFO;
    }

    @Override
    public String title() {
        return "Windows logged %s that %s (Tcpip %d), last at %s"
                .formatted(times == 1 ? "once" : times + " times", kind.inShort, kind.id, last);
    }

    @Override
    public List<String> evidence() {
        return List.of(
                kind.meaning,
                times == 1
                        ? "The record names no process."
                        : "The records begin at %s, as far as they were read, and name no process.".formatted(first),
                "That there are no more of them proves nothing: not every port that is wanted in vain is logged.");
    }

    @Override
    public List<Fix> waysOut(Settings settings) {
        if (kind == Kind.NO_UDP_PORT) {
            return List.of(UdpPortsExhausted.SHARE_SOCKETS);
        }
        return MoreConnections.ladder(settings, listened, false, true);
    }
}
