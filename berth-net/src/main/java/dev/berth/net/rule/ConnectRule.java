package dev.berth.net.rule;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.util.function.IntFunction;

/** Foretells whether a TCP connect gets a local port. Asks nobody, changes nothing; safe for use by several threads. */
public interface ConnectRule {
    /** Linux, as 6.18 answers; see {@link LinuxBindRule#deviations} for versions that are known to differ. */
    ConnectRule LINUX = new LinuxConnectRule();

    /** Foretells a connect without a bind, or after a bind of the address alone with IP_BIND_ADDRESS_NO_PORT. */
    ConnectPrediction automatic(TupleSpace space);

    /**
     * Foretells a bind to a port by number and then the connect.
     *
     * @param timestamps whether connections use TCP timestamps ({@code tcp_timestamps}), and so did the old ones
     */
    ConnectPrediction fromPort(WantedConnect wanted, PortState port, Flag timestamps);

    /**
     * Foretells a bind to an address and port 0, which closes the port it gets to everybody else, and then the connect.
     *
     * @param ports the state of any port of the dynamic range
     */
    ConnectPrediction fromAnyPort(
            WantedConnect wanted, PortRange dynamic, PortSet reserved, IntFunction<PortState> ports);
}
