package dev.berth.platform;

import java.time.Duration;
import java.util.List;

/**
 * What ends the hold on a port: acts on one host, in one network namespace. Each act checks the identity of what it is for
 * at the moment it acts, and says how it went; none of them can be undone. Safe for use by several threads.
 */
public interface HostControl {
    /** Of a host that nothing can be done to, such as a recording. */
    static HostControl none(String why) {
        return new HostControl() {
            private final ActOutcome refusal = new ActOutcome.NotOnThisSystem(why);

            @Override
            public Ancestry ancestry() {
                return new Ancestry(List.of(), true);
            }

            @Override
            public ActOutcome destroy(SocketId socket) {
                return refusal;
            }

            @Override
            public ActOutcome signal(ProcessRef process, EndSignal signal) {
                return refusal;
            }

            @Override
            public boolean awaitEnd(ProcessRef process, Duration most) {
                return false;
            }

            @Override
            public ActOutcome stopUnit(String unit, Duration most) {
                return refusal;
            }
        };
    }

    /** How a process is asked to end. Windows has no signals: there the one closes its windows, the other is TerminateProcess. */
    enum EndSignal {
        SIGTERM,
        SIGKILL
    }

    /** The caller and those it comes from, which no act ends; none on a host that it does not run on. */
    Ancestry ancestry();

    /**
     * Ends one connection: its owner's next call fails with ECONNABORTED and its peer is reset (SOCK_DESTROY, sock_diag(7)).
     * A socket whose cookie is unknown or another is left alone, and so is one whose end would free no port: a listener, a
     * socket only bound, a UDP socket that was bound to its port by number.
     *
     * <p>A connection whose port was drawn, or came from a listener, gives it back at once. A client that asked for its port
     * by number ({@link SocketQuery.PortOrigin#EXPLICIT}) keeps it, bound and no more, until it closes the socket.
     *
     * <p>On Windows it is SetTcpEntry that ends it, and connections of IPv6 are {@link ActOutcome.NotOnThisSystem}.
     */
    ActOutcome destroy(SocketId socket);

    /** Signals one process, and no other of its group. Never the first process, never the caller or an ancestor of it. */
    ActOutcome signal(ProcessRef process, EndSignal signal);

    /**
     * Waits for a process to end.
     *
     * @return whether it has; true at once where it is no more
     */
    boolean awaitEnd(ProcessRef process, Duration most);

    /**
     * Has the service manager stop a service, and waits for it.
     *
     * @param unit its full name, such as {@code nginx.service}, or {@code MSSQLSERVER} on Windows
     */
    ActOutcome stopUnit(String unit, Duration most);
}
