package dev.berth.diagnosis.explain;

import dev.berth.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts incidents that say the same, in the order in which they were first seen. Keeps at most {@value #MOST} kinds apart:
 * what comes beyond them is counted in {@link #beyond()}. Whatever is told of an incident comes from here, and here the secrets go.
 */
public final class Tally implements Consumer<Incident> {
    static final int MOST = 1_000;

    /** What makes two incidents the same: of a connect, the local port that the system chose does not. */
    private record Kind(
            @Nullable String product,
            Operation operation,
            @Nullable Refusal refusal,
            @Nullable Integer localPort,
            @Nullable IpAddress localAddress,
            @Nullable LoggedEndpoint remote) {
        static Kind of(Incident incident) {
            LoggedEndpoint local = incident.local();
            boolean connect = incident.operation() == Operation.CONNECT;
            return new Kind(
                    incident.product(),
                    incident.operation(),
                    incident.error() == null ? null : incident.error().refusal(),
                    local == null || connect ? null : local.port(),
                    local == null ? null : local.address(),
                    incident.remote());
        }
    }

    private final Map<Kind, IncidentGroup> groups = new LinkedHashMap<>();
    private long beyond;

    @Override
    public void accept(Incident incident) {
        Kind kind = Kind.of(incident);
        IncidentGroup before = groups.get(kind);
        if (before != null) {
            groups.put(
                    kind,
                    new IncidentGroup(
                            before.incident(),
                            before.count() + 1,
                            Math.max(before.lastLine(), incident.lastLine()),
                            later(before.lastAt(), incident.at())));
        } else if (groups.size() < MOST) {
            groups.put(kind, new IncidentGroup(incident.withoutSecrets(), 1, incident.lastLine(), incident.at()));
        } else {
            beyond++;
        }
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isAfter(other) ? one : other;
    }

    public List<IncidentGroup> groups() {
        return new ArrayList<>(groups.values());
    }

    /** How many kinds there are. */
    public int kinds() {
        return groups.size();
    }

    /** How many incidents are in no group. */
    public long beyond() {
        return beyond;
    }
}
