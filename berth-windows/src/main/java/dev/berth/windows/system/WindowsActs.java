package dev.berth.windows.system;

import java.time.Duration;
import java.util.List;

/** What changes a running Windows; each does what it is told, and proves nothing. Safe for several threads. */
public interface WindowsActs {
    /**
     * SetTcpEntry with MIB_TCP_STATE_DELETE_TCB, which takes IPv4 only.
     *
     * @param row a MIB_TCPROW: state, local address and port, remote address and port
     */
    void deleteTcpEntry(byte[] row) throws WindowsErrorException;

    /**
     * Asks a process to close: posts WM_CLOSE to each visible window it has on this desktop, as its close button would.
     *
     * @return whether it has one
     */
    boolean closeWindows(int pid) throws WindowsErrorException;

    /**
     * TerminateProcess, of the process with this id and this start time only.
     *
     * @param startedAtFileTime 100 ns since 1601, as GetProcessTimes tells it
     * @throws WindowsErrorException with {@link WindowsErrorException#INVALID_PARAMETER} where there is no such process any more
     */
    void terminate(int pid, long startedAtFileTime) throws WindowsErrorException;

    /** Whether Windows itself ends with that process: IsProcessCritical. */
    boolean isCritical(int pid) throws WindowsErrorException;

    /** Sets a value of the registry, whose key is there, and has it written to the disk. */
    void write(String key, String name, RegistryValue value) throws WindowsErrorException;

    /** Takes a value out of the registry. */
    void delete(String key, String name) throws WindowsErrorException;

    /** Has the service manager start a service, and waits until it runs. */
    void start(String service, Duration most) throws WindowsErrorException;

    /**
     * The services that have been started, or are about to start or stop, and need this one to run: in the order in which they
     * can be stopped. EnumDependentServicesW.
     */
    List<String> dependents(String service) throws WindowsErrorException;

    /** Has the service manager stop a service, and waits until it has stopped. {@link #dependents} that run make that fail. */
    void stop(String service, Duration most) throws WindowsErrorException;

    /** Names this run of the system: another text after each restart, whatever the clock is set to. Empty where it is not told. */
    String runId();

    /** Programs that change settings. */
    Tools tools();
}
