package dev.berth.platform;

import dev.berth.net.IpAddress;
import dev.berth.net.TcpState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One network namespace of one host, live or recorded: what is there, never what it means. Implementations read; they
 * never judge. Safe for use by several threads.
 */
public interface HostNetwork extends AutoCloseable {
    HostFacts facts();

    NetworkNamespace namespace();

    /**
     * Starts reading the sockets that {@code query} asks for. Rows the caller may not see are left out and named in
     * {@link SocketDump#gaps()}.
     *
     * @param parts how many threads will read at once; the dump has at most that many parts, and may have fewer
     * @throws HostReadException when nothing could be read at all
     */
    SocketDump sockets(SocketQuery query, int parts) throws HostReadException;

    /** Reads the sockets that {@code query} asks for and keeps them. */
    default Snapshot snapshot(SocketQuery query) throws HostReadException {
        try (SocketDump dump = sockets(query, 1)) {
            var columns = new SocketColumns();
            for (SocketCursor part : dump.parts()) {
                while (part.next()) {
                    columns.append(part);
                }
            }
            return new Snapshot(namespace(), columns, dump.gaps());
        }
    }

    /**
     * Looks through the processes for who holds sockets. Inodes are the host's, not the namespace's, so one look serves
     * several namespaces of a host.
     *
     * @throws HostReadException when no process could be looked into at all
     */
    Owners owners(OwnerQuery query) throws HostReadException;

    /** The process with this id, or empty when it has ended. */
    Optional<ProcessInfo> process(int pid);

    /**
     * The process with this id as a line of a table shows it: its name, unit and container, and the rest only where it
     * costs nothing. For tables of many processes.
     */
    default Optional<ProcessInfo> processLabel(int pid) {
        return process(pid);
    }

    /** How many descriptors the process may have open; empty when it has ended, has no limit, or the system does not tell. */
    default Optional<OpenFilesLimit> openFilesLimit(int pid) {
        return Optional.empty();
    }

    /** The settings in force; what could not be read is in {@link Settings#gaps()}. */
    Settings settings();

    /** The same, with those that take a second or more to read: what only PowerShell tells of Windows. */
    default Settings everySetting() {
        return settings();
    }

    /**
     * Tries one bind, on this host, now. {@link BindOutcome.NotTried} on a recorded host.
     *
     * <p>On Linux before 6.18 a bind that succeeds on a port which automatic connections share closes that port to
     * automatic choice until all of them are gone; callers ask first whether that could be.
     */
    BindOutcome probe(BindRequest request);

    /** Whether a bind that succeeds may spoil the port for connections that share it; see {@link #probe}. */
    boolean probeMaySpoilSharedPorts();

    /** Whether this host shows sockets in that state at all: a table without TIME_WAIT timers or bound sockets says no. */
    default boolean shows(TcpState state) {
        return true;
    }

    /**
     * Asks how a socket that {@code process} holds shares its port.
     *
     * @param inode the socket's, as {@link SocketRow#inode()}
     * @param cookie {@link SocketRow#cookie()}, so that a descriptor which has become another socket is not mistaken for it
     */
    default SocketFlags flags(int process, long inode, long cookie) {
        return new SocketFlags.Unknown("this system does not tell");
    }

    /** The address a connection to {@code destination} would come from, as routes say now; empty where unknown. */
    default Optional<IpAddress> sourceTowards(IpAddress destination) {
        return Optional.empty();
    }

    /** The addresses of this namespace, loopback too. */
    default Set<IpAddress> addresses() throws HostReadException {
        throw new HostReadException(
                HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                "cannot tell the addresses of this host",
                "its addresses are not read on this system",
                "ask the system's own tools");
    }

    /** The rules that send connections to ports of this host elsewhere. */
    default NatRules natRules() {
        return new NatRules(List.of(), Set.of(), List.of(new Gap("NAT rules", "not read on this system")));
    }

    /**
     * Starts to watch for calls that want a port and do not get it.
     *
     * @throws HostReadException when this user, or this system, cannot
     */
    default FailureFeed failures(FailureQuery query) throws HostReadException {
        throw new HostReadException(
                HostReadException.Kind.NOT_ON_THIS_SYSTEM,
                "cannot see failures as they happen",
                "only a running Linux tells of them",
                FailureFeed.INSTEAD);
    }

    /** What the log of this host says about ports that ran out. */
    default PortEvents events() {
        return new PortEvents(List.of(), List.of());
    }

    /** What can be done on this host. */
    default HostControl control() {
        return HostControl.none("not on this system");
    }

    /** What changes the settings of this host. */
    default HostTuning tuning() {
        return HostTuning.none("not on this system");
    }

    /** The services that this host is configured to run, whether they run or not. */
    default ConfiguredServices configuredServices() {
        return new ConfiguredServices(List.of(), List.of(new Gap("configured services", "not read on this system")));
    }

    @Override
    void close();
}
