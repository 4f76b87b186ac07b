package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything a verdict on one port rests on.
 *
 * @param address the address asked about: {@code ::} for the dual-stack wildcard
 * @param boundByNumber the cookies of the sockets whose program asked for the port by number: a connection of such a socket
 *     keeps the port when it is destroyed (SOCK_BINDPORT_LOCK, tcp_set_state in net/ipv4/tcp.c)
 * @param holdersComplete whether every process was looked into
 * @param natLooked whether NAT rules were asked for, as they are where a bind would succeed or a listener is in its way
 * @param elsewhere where the port's traffic goes instead of to a server here, as far as rules are known; or null
 * @param proof how the binds of {@code plan} went; empty where none was tried
 */
public record WhyFacts(
        int port,
        Protocol protocol,
        IpAddress address,
        List<Holder> holders,
        Set<Long> boundByNumber,
        boolean holdersComplete,
        List<Attempt> proof,
        ProbePlan plan,
        Settings settings,
        HostFacts host,
        boolean natLooked,
        @Nullable Elsewhere elsewhere,
        List<Gap> gaps) {
    public WhyFacts {
        holders = List.copyOf(holders);
        boundByNumber = Set.copyOf(boundByNumber);
        proof = List.copyOf(proof);
        gaps = List.copyOf(gaps);
    }

    /** The same facts, after NAT rules were asked for. */
    public WhyFacts with(@Nullable Elsewhere found, List<Gap> newGaps) {
        var all = new ArrayList<>(gaps);
        all.addAll(newGaps);
        return new WhyFacts(
                port,
                protocol,
                address,
                holders,
                boundByNumber,
                holdersComplete,
                proof,
                plan,
                settings,
                host,
                true,
                found,
                all);
    }

    boolean linux() {
        return host.system().equals("linux");
    }

    /** The excluded range of Windows that the port lies in, or null. */
    @Nullable
    ExcludedRange exclusion() {
        return Exclusions.covering(settings, protocol, address, port);
    }

    /** Those in the way of a bind with the usual server setting, or that may be, in order of precedence. */
    List<Holder> conflicting() {
        return plan.usual().obstacles().stream()
                .map(Prediction.Obstacle::holder)
                .toList();
    }
}
