package dev.berth.diagnosis.explain;

import static dev.berth.diagnosis.explain.KnownCause.*;

import dev.berth.net.Protocol;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an incident means and can come from, as far as the lines alone tell.
 *
 * @param meaning a sentence or two that need no host
 * @param causes the likeliest first, at least one
 */
public record PossibleCauses(String meaning, List<KnownCause> causes) {
    public PossibleCauses {
        causes = List.copyOf(causes);
    }

    /**
     * Of an incident on such a system; what it is on any of them where that is null.
     *
     * @param system where the lines do not tell, that of the host they are taken to be from
     */
    public static PossibleCauses of(Incident incident, @Nullable LoggedSystem system) {
        return new PossibleCauses(Meanings.of(incident, system), causes(incident, system));
    }

    private static List<KnownCause> causes(Incident incident, @Nullable LoggedSystem system) {
        if (incident.refusedByProduct()) {
            return List.of(PRODUCT_TABLE);
        }
        var all = new LinkedHashSet<KnownCause>();
        boolean connectFirst =
                incident.operation() == Operation.CONNECT || incident.local() == null && incident.remote() != null;
        if (!connectFirst) {
            all.addAll(ofBind(incident, system));
        }
        if (!incident.operation().wantsPort()) {
            all.addAll(ofConnect(incident, system));
        }
        if (incident.operation() == Operation.UNKNOWN) {
            all.addAll(ofBind(incident, system));
        }
        return List.copyOf(all);
    }

    private static List<KnownCause> ofBind(Incident incident, @Nullable LoggedSystem system) {
        boolean windows = mayBe(LoggedSystem.WINDOWS, system);
        boolean unix = system != LoggedSystem.WINDOWS;
        var causes = new ArrayList<KnownCause>();
        if (isOfHttpSys(incident) && incident.refusal() != Refusal.ADDRESS_NOT_AVAILABLE) {
            causes.add(URL_TAKEN);
        }
        switch (incident.refusal()) {
            case ADDRESS_IN_USE -> {
                if (incident.anyPortWanted()) {
                    causes.add(NO_PORT_LEFT);
                } else {
                    causes.addAll(holders(incident, windows, unix));
                }
            }
            case ADDRESS_NOT_AVAILABLE -> causes.add(ADDRESS_NOT_LOCAL);
            case ACCESS_DENIED -> causes.addAll(denied(windows, unix));
            case NO_BUFFER_SPACE -> {
                if (windows) {
                    causes.add(NO_PORT_LEFT);
                }
                if (unix) {
                    causes.add(NO_MEMORY);
                }
            }
            case null -> {
                causes.addAll(holders(incident, windows, unix));
                causes.addAll(denied(windows, unix));
                causes.add(ADDRESS_NOT_LOCAL);
            }
        }
        return causes;
    }

    private static List<KnownCause> holders(Incident incident, boolean windows, boolean unix) {
        var causes = new ArrayList<KnownCause>();
        causes.add(LISTENER);
        if (windows && JdkOnWindows.mayHideExclusion(incident)) {
            causes.add(EXCLUDED);
        }
        causes.add(CLIENT);
        if (unix) {
            causes.add(TIME_WAIT);
        }
        causes.add(BOUND_ONLY);
        if (windows) {
            causes.add(BLOCKED_UNSEEN);
        }
        return causes;
    }

    private static List<KnownCause> denied(boolean windows, boolean unix) {
        var causes = new ArrayList<KnownCause>();
        if (unix) {
            causes.add(PRIVILEGED_PORT);
        }
        causes.add(EXCLUDED);
        if (windows) {
            causes.add(LISTENER);
            causes.add(BLOCKED_UNSEEN);
        }
        return causes;
    }

    private static List<KnownCause> ofConnect(Incident incident, @Nullable LoggedSystem system) {
        boolean windows = mayBe(LoggedSystem.WINDOWS, system);
        boolean unix = system != LoggedSystem.WINDOWS;
        KnownCause noneLeft = incident.protocol() == Protocol.UDP ? NO_PORT_LEFT : TUPLE_SPACE_EXHAUSTED;
        var causes = new ArrayList<KnownCause>();
        switch (incident.refusal()) {
            case ADDRESS_IN_USE -> {
                if (windows) {
                    causes.addAll(List.of(noneLeft, RECENT_TUPLE));
                }
                causes.add(BIND_BEFORE_CONNECT);
                if (unix) {
                    causes.addAll(
                            incident.wantedPort() == null
                                    ? List.of(NO_PORT_LEFT)
                                    : List.of(LISTENER, CLIENT, TIME_WAIT, BOUND_ONLY));
                }
            }
            case ADDRESS_NOT_AVAILABLE -> {
                if (unix && incident.remote() != null && isOfIpv6(incident.remote())) {
                    causes.add(NO_IPV6);
                }
                if (unix) {
                    causes.addAll(List.of(noneLeft, DUPLICATE_TUPLE));
                }
                if (windows) {
                    causes.add(INVALID_REMOTE);
                }
                causes.add(ADDRESS_NOT_LOCAL);
            }
            case ACCESS_DENIED -> causes.add(FORBIDDEN);
            case NO_BUFFER_SPACE -> {
                if (windows) {
                    causes.addAll(List.of(noneLeft, BIND_BEFORE_CONNECT));
                }
                if (unix) {
                    causes.add(NO_MEMORY);
                }
            }
            case null -> causes.addAll(List.of(noneLeft, BIND_BEFORE_CONNECT, ADDRESS_NOT_LOCAL));
        }
        return causes;
    }

    private static boolean isOfIpv6(LoggedEndpoint end) {
        return end.address() != null && !end.address().isV4();
    }

    private static boolean mayBe(LoggedSystem wanted, @Nullable LoggedSystem system) {
        return system == null || system == wanted;
    }

    /** IIS and what else has http.sys listen for it. */
    static boolean isOfHttpSys(Incident incident) {
        String product = incident.product();
        return product != null
                && (product.startsWith("IIS")
                        || product.equalsIgnoreCase("http.sys")
                        || incident.builtOn().stream().anyMatch("http.sys"::equalsIgnoreCase));
    }
}
