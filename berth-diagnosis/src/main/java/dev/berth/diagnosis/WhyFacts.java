package dev.berth.diagnosis;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.Settings;
import java.util.Comparator;
import java.util.List;

/**
 * Everything a verdict on one port rests on.
 *
 * @param address the address asked about: {@code ::} for the dual-stack wildcard
 * @param holdersComplete whether every process was looked into
 * @param proof how the binds of {@code plan} went; empty where none was tried
 */
public record WhyFacts(
        int port,
        Protocol protocol,
        IpAddress address,
        List<Holder> holders,
        boolean holdersComplete,
        List<Attempt> proof,
        ProbePlan plan,
        Settings settings,
        HostFacts host,
        List<Gap> gaps) {
    public WhyFacts {
        holders = List.copyOf(holders);
        proof = List.copyOf(proof);
        gaps = List.copyOf(gaps);
    }

    boolean linux() {
        return host.system().equals("linux");
    }

    /**
     * Whether servers usually set SO_REUSEADDR. TCP servers on Linux do; on UDP it lets two sockets share a port and steal
     * each other's datagrams, and on Windows it opens the port to others, so there a careful server does not.
     */
    boolean usuallyReused() {
        return linux() && protocol == Protocol.TCP;
    }

    /** Those in the way of a bind to the address, in order of precedence. */
    List<Holder> conflicting() {
        return holders.stream()
                .filter(holder -> ProbePlan.inTheWay(address, holder))
                .sorted(Comparator.comparing(Holder::cause))
                .toList();
    }
}
