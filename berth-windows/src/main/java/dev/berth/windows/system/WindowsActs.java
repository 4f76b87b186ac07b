package dev.berth.windows.system;

import java.time.Duration;

/** What changes a running Windows; each does what it is told, and proves nothing. Safe for several threads. */
public interface WindowsActs {
    /**
     * SetTcpEntry with MIB_TCP_STATE_DELETE_TCB, which takes IPv4 only.
     *
     * @param row a MIB_TCPROW: state, local address and port, remote address and port
     */
    void deleteTcpEntry(byte[] row) throws WindowsErrorException;

    /** TerminateProcess, of the process with this id and this start time only. */
    void terminate(int pid, long startedAtFileTime) throws WindowsErrorException;

    /** Sets a value of the registry, whose key is there. */
    void write(String key, String name, RegistryValue value) throws WindowsErrorException;

    /** Takes a value out of the registry. */
    void delete(String key, String name) throws WindowsErrorException;

    /** Has the service manager start a service, and waits until it runs. */
    void start(String service, Duration most) throws WindowsErrorException;

    /** Has the service manager stop a service, and waits until it has stopped. Services that depend on it make that fail. */
    void stop(String service, Duration most) throws WindowsErrorException;

    /** Programs that change settings. */
    Tools tools();
}
