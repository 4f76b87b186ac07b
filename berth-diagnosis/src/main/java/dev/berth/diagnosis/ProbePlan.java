package dev.berth.diagnosis;

import dev.berth.net.AddressOverlap;
import dev.berth.net.AddressOverlap.Claim;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which binds to try, or why none, and what the rule says without trying.
 *
 * @param requests without SO_REUSEADDR, then with it; empty when skipped
 * @param skipped why nothing is tried, or null
 * @param predictedListenable what the bind rule says of a server with the usual setting, as far as the sockets decide;
 *     null where it depends on SO_REUSEADDR of a socket that is there, which no table of sockets shows
 */
public record ProbePlan(
        List<BindRequest> requests,
        @Nullable String skipped,
        @Nullable Boolean predictedListenable) {
    private static final String WOULD_SPOIL =
            "on kernels before 6.18 a bind that succeeds would close the port to automatic choice until the connections "
                    + "that share it are gone";

    public ProbePlan {
        requests = List.copyOf(requests);
    }

    /**
     * Plans the proof of one port.
     *
     * @param maySpoilSharedPorts whether a bind that succeeds may close the port to the connections that share it
     * @param skipReason why nothing may be tried at all, or null
     */
    public static ProbePlan of(
            IpAddress address,
            int port,
            Protocol protocol,
            List<Holder> holders,
            boolean maySpoilSharedPorts,
            @Nullable String skipReason) {
        Boolean predicted = predict(address, holders);
        boolean wouldSpoil = maySpoilSharedPorts
                && Boolean.TRUE.equals(predicted)
                && holders.stream().anyMatch(ProbePlan::mayShareThePort);
        if (skipReason != null || wouldSpoil) {
            return new ProbePlan(List.of(), skipReason != null ? skipReason : WOULD_SPOIL, predicted);
        }
        return new ProbePlan(
                List.of(
                        new BindRequest(protocol, address, port, false),
                        new BindRequest(protocol, address, port, true)),
                null,
                predicted);
    }

    /** Whether {@code holder} covers an address that a bind to {@code address} wants as well. */
    static boolean inTheWay(IpAddress address, Holder holder) {
        var held = new Claim(holder.local().address(), holder.v6Only(), holder.remote() != null);
        return AddressOverlap.between(Claim.ofServer(address), held);
    }

    private static @Nullable Boolean predict(IpAddress address, List<Holder> holders) {
        List<Holder> conflicting =
                holders.stream().filter(holder -> inTheWay(address, holder)).toList();
        if (conflicting.isEmpty()) {
            return true;
        }
        // SO_REUSEADDR, even on both sides, never lets a bind pass a TCP listener
        boolean listener = conflicting.stream()
                .anyMatch(holder -> holder.protocol() == Protocol.TCP && holder.cause() == Cause.LISTENER);
        return listener ? false : null;
    }

    private static boolean mayShareThePort(Holder holder) {
        return holder.protocol() == Protocol.TCP && holder.remote() != null && !holder.accepted();
    }
}
