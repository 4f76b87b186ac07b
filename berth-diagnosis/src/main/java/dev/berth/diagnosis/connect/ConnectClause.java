package dev.berth.diagnosis.connect;

import dev.berth.diagnosis.Recycling;
import dev.berth.net.TcpState;
import dev.berth.net.rule.Clause;
import dev.berth.net.rule.ConnectPrediction.Depends;
import java.util.List;

/** The rule that decides whether a connect finds a port, in plain sentences. */
final class ConnectClause {
    private static final String UNSEEN = "what would decide could not be seen";

    private ConnectClause() {}

    static String of(ConnectFacts facts, ConnectVerdict verdict, List<ConnectSpace> spaces, Recycling recycling) {
        return facts.linux() ? onLinux(verdict, spaces, recycling) : onWindows(verdict, spaces);
    }

    private static String onWindows(ConnectVerdict verdict, List<ConnectSpace> spaces) {
        return switch (verdict) {
            case CONNECTABLE ->
                "a connect takes a port of the dynamic range that is in no excluded range and that no socket has; where "
                        + "connections share ports, more are left";
            case EXHAUSTED ->
                "every port of the dynamic range that is in no excluded range has an owner, or a connection to this very "
                        + "destination, in TIME_WAIT or alive: connect fails with WSAENOBUFS (10055) or WSAEADDRINUSE (10048)";
            case PAST_CLIFF, UNKNOWN ->
                spaces.stream().allMatch(ConnectSpace::isLeftToSharing)
                        ? "every port is in use, some of them towards other destinations only: a connect shares those where "
                                + "the socket was not bound before (Windows 10, Server 2016 and later), and else fails with "
                                + "WSAENOBUFS (10055) or WSAEADDRINUSE (10048)"
                        : UNSEEN;
        };
    }

    private static String onLinux(ConnectVerdict verdict, List<ConnectSpace> spaces, Recycling recycling) {
        return switch (verdict) {
            case CONNECTABLE ->
                "a connect takes a port of the dynamic range that is not reserved, that no socket owns, and that is not in "
                        + "use towards this very destination";
            case PAST_CLIFF ->
                "Linux tries the ports with the parity of the range's low end first, and they are nearly used up towards "
                        + "this destination: a connect scans them all before it takes one of the others";
            case EXHAUSTED ->
                "every port of the dynamic range that is not reserved and that no socket owns is in use towards this very "
                        + "destination: connect fails with EADDRNOTAVAIL, and other destinations "
                        + "are not affected" + timeWait(spaces, recycling);
            case UNKNOWN ->
                spaces.stream()
                        .map(ConnectSpace::foretold)
                        .filter(Depends.class::isInstance)
                        .map(foretold -> dependsOn((Depends) foretold))
                        .findFirst()
                        .orElse(UNSEEN);
        };
    }

    private static String dependsOn(Depends foretold) {
        return foretold.otherwise().clause() == Clause.LINUX_ODD_RANGE
                ? "in a dynamic range of an odd number of ports each search passes over the first or the last of them, by "
                        + "chance, and no other is left: connect takes it or fails with EADDRNOTAVAIL, and another try may "
                        + "go otherwise"
                : "every port that is left is shared by a connection that owns it and connections that it was drawn for: "
                        + "no table shows whether it is still closed, and if so connect fails with EADDRNOTAVAIL";
    }

    private static String timeWait(List<ConnectSpace> spaces, Recycling recycling) {
        if (spaces.stream().noneMatch(space -> space.count(TcpState.TIME_WAIT) > 0) || !recycling.known()) {
            return "";
        }
        if (!Boolean.TRUE.equals(recycling.timestamps())) {
            return "; a TIME_WAIT cannot be taken over without TCP timestamps, and they are off";
        }
        Integer mode = recycling.mode();
        if (mode == null) {
            return "";
        }
        return switch (mode) {
            case 0 -> "; a TIME_WAIT counts until it ends, as tcp_tw_reuse is 0";
            case 2 ->
                "; a TIME_WAIT counts until it ends, unless one end is a loopback address, as tcp_tw_reuse is 2; then it "
                        + "can be taken over after " + recycling.delayMillis() + " ms";
            default -> "; a TIME_WAIT can be taken over after " + recycling.delayMillis() + " ms, as tcp_tw_reuse is 1";
        };
    }
}
