package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Fix;
import dev.berth.net.Endpoint;
import dev.berth.net.PortRange;
import dev.berth.platform.Gap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client of this host can connect to one destination, as far as its local ports go: the answer to
 * {@code berth why HOST:PORT --as client}. Whether anybody answers there is another question.
 *
 * @param verdict about ports that the system chooses
 * @param connectable whether the connect asked about finds a port: one that the system chooses, or {@code localPort} bound
 *     without SO_REUSEADDR; null where unknown
 * @param spaces the local ports in use, for each source address; one without a source where none is known
 * @param dynamic the range that connects draw from, or null where unknown
 * @param reserved how many of its ports are reserved
 * @param owned how many of its ports belong to sockets that listen, are bound or asked for their port by number
 * @param tcpTwReuse the setting in force, or null where unknown
 * @param localPort the answer about a local port given by number; null where none was asked about
 * @param clause the rule that decides, in plain sentences
 */
public record ConnectExplanation(
        Endpoint destination,
        ConnectVerdict verdict,
        @Nullable Boolean connectable,
        ConnectFacts.SourceFrom sourceFrom,
        List<ConnectSpace> spaces,
        @Nullable PortRange dynamic,
        int reserved,
        int owned,
        @Nullable Integer tcpTwReuse,
        @Nullable LocalPort localPort,
        String clause,
        List<Fix> fixes,
        List<Gap> gaps) {
    public ConnectExplanation {
        spaces = List.copyOf(spaces);
        fixes = List.copyOf(fixes);
        gaps = List.copyOf(gaps);
    }

    /** The same answer with one more thing that it does not cover. */
    public ConnectExplanation with(Gap gap) {
        var more = new ArrayList<>(gaps);
        more.add(gap);
        return new ConnectExplanation(
                destination,
                verdict,
                connectable,
                sourceFrom,
                spaces,
                dynamic,
                reserved,
                owned,
                tcpTwReuse,
                localPort,
                clause,
                fixes,
                more);
    }
}
