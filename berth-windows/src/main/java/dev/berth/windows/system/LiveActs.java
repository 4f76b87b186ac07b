package dev.berth.windows.system;

import java.time.Duration;
import java.util.List;

/** The acts on the Windows that Berth runs on. */
public final class LiveActs implements WindowsActs {
    private final Tools tools;

    public LiveActs(Tools tools) {
        this.tools = tools;
    }

    @Override
    public void deleteTcpEntry(byte[] row) throws WindowsErrorException {
        TcpEntry.set(row);
    }

    @Override
    public boolean closeWindows(int pid) throws WindowsErrorException {
        return Windows.close(pid);
    }

    @Override
    public void terminate(int pid, long startedAtFileTime) throws WindowsErrorException {
        try (var process = OpenProcess.toEnd(pid)) {
            process.terminate(startedAtFileTime);
        }
    }

    @Override
    public boolean isCritical(int pid) throws WindowsErrorException {
        try (var process = OpenProcess.toLookAt(pid)) {
            return process.isCritical();
        }
    }

    @Override
    public void write(String key, String name, RegistryValue value) throws WindowsErrorException {
        try (var open = RegistryKey.open(key)) {
            open.set(name, value);
        }
    }

    @Override
    public void delete(String key, String name) throws WindowsErrorException {
        try (var open = RegistryKey.open(key)) {
            open.delete(name);
        }
    }

    @Override
    public void start(String service, Duration most) throws WindowsErrorException {
        try (var open = OpenService.toStart(service)) {
            new ServiceWait(open, most).start();
        }
    }

    @Override
    public List<String> dependents(String service) throws WindowsErrorException {
        try (var open = OpenService.toAskWhoNeeds(service)) {
            return open.dependents();
        }
    }

    @Override
    public void stop(String service, Duration most) throws WindowsErrorException {
        try (var open = OpenService.toStop(service)) {
            new ServiceWait(open, most).stop();
        }
    }

    @Override
    public String runId() {
        try {
            return BootTime.read();
        } catch (WindowsErrorException e) {
            return "";
        }
    }

    @Override
    public Tools tools() {
        return tools;
    }
}
