package dev.berth.windows.system;

import java.time.Duration;

/** What changes this Windows. */
final class LiveActs implements WindowsActs {
    private final Tools tools;

    LiveActs(Tools tools) {
        this.tools = tools;
    }

    @Override
    public void deleteTcpEntry(byte[] row) throws WindowsErrorException {
        throw none();
    }

    @Override
    public void terminate(int pid, long startedAtFileTime) throws WindowsErrorException {
        throw none();
    }

    @Override
    public void write(String key, String name, RegistryValue value) throws WindowsErrorException {
        throw none();
    }

    @Override
    public void delete(String key, String name) throws WindowsErrorException {
        throw none();
    }

    @Override
    public void start(String service, Duration most) throws WindowsErrorException {
        throw none();
    }

    @Override
    public void stop(String service, Duration most) throws WindowsErrorException {
        throw none();
    }

    @Override
    public Tools tools() {
        return tools;
    }

    private static WindowsErrorException none() {
        return new WindowsErrorException("this act", WindowsErrorException.NOT_SUPPORTED);
    }
}
