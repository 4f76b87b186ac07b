package dev.berth.windows;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The acts on a {@link FakeWindows}. */
final class FakeActs implements WindowsActs {
    private final FakeMachine machine;
    private final boolean elevated;
    private final List<String> windows;
    private final Map<String, Integer> failingStarts;

    /**
     * @param windows the programs that have one
     * @param failingStarts with which error a service does not start
     */
    FakeActs(FakeMachine machine, boolean elevated, List<String> windows, Map<String, Integer> failingStarts) {
        this.machine = machine;
        this.elevated = elevated;
        this.windows = List.copyOf(windows);
        this.failingStarts = Map.copyOf(failingStarts);
    }

    private void permit(String call) throws WindowsErrorException {
        machine.netsh.beforeAct();
        if (!elevated) {
            throw new WindowsErrorException(call, WindowsErrorException.ACCESS_DENIED);
        }
    }

    @Override
    public void deleteTcpEntry(byte[] row) throws WindowsErrorException {
        permit("SetTcpEntry");
        synchronized (machine) {
            ByteBuffer ends = ByteBuffer.wrap(row, 4, 16);
            Endpoint local = endpoint(ends);
            Endpoint remote = endpoint(ends);
            machine.told.add("delete the connection " + local + " to " + remote);
            machine.sockets.removeIf(socket -> socket.local().equals(local) && remote.equals(socket.remote()));
        }
    }

    private static Endpoint endpoint(ByteBuffer row) {
        var end = new Endpoint(IpAddress.v4(row.getInt()), Short.toUnsignedInt(row.getShort()));
        row.getShort();
        return end;
    }

    @Override
    public boolean closeWindows(int pid) {
        synchronized (machine) {
            ProcessEntry process = machine.processes.get(pid);
            if (process == null || !windows.contains(process.name())) {
                return false;
            }
            machine.told.add("close the windows of " + process.name());
            machine.endProcess(pid);
            return true;
        }
    }

    @Override
    public void terminate(int pid, long startedAtFileTime) throws WindowsErrorException {
        synchronized (machine) {
            if (!machine.processes.containsKey(pid)) {
                throw new WindowsErrorException("OpenProcess", WindowsErrorException.INVALID_PARAMETER);
            }
            permit("OpenProcess");
            machine.told.add("terminate " + pid + ", started at " + startedAtFileTime);
            machine.endProcess(pid);
        }
    }

    @Override
    public boolean isCritical(int pid) {
        return false;
    }

    @Override
    public void write(String key, String name, RegistryValue value) throws WindowsErrorException {
        permit("RegOpenKeyExW");
        synchronized (machine) {
            machine.told.add("set " + name);
            machine.values.put(key + "\\" + name, value);
        }
    }

    @Override
    public void delete(String key, String name) throws WindowsErrorException {
        permit("RegOpenKeyExW");
        synchronized (machine) {
            machine.told.add("delete " + name);
            if (machine.values.remove(key + "\\" + name) == null) {
                throw new WindowsErrorException("RegDeleteValueW", WindowsErrorException.FILE_NOT_FOUND);
            }
        }
    }

    @Override
    public void start(String service, Duration most) throws WindowsErrorException {
        permit("OpenServiceW");
        Integer failure = failingStarts.get(service);
        if (failure != null) {
            throw new WindowsErrorException("StartServiceW", failure);
        }
        synchronized (machine) {
            FakeMachine.Service there = machine.find(service);
            machine.told.add("start " + there.name());
            if (!there.running()) {
                machine.begin(there);
            }
        }
    }

    @Override
    public List<String> dependents(String service) throws WindowsErrorException {
        return machine.dependents(machine.find(service).name());
    }

    @Override
    public void stop(String service, Duration most) throws WindowsErrorException {
        permit("OpenServiceW");
        synchronized (machine) {
            FakeMachine.Service there = machine.find(service);
            machine.told.add("stop " + there.name());
            machine.checkStop(there);
            if (there.running()) {
                machine.end(there);
            }
        }
    }

    @Override
    public String runId() {
        return machine.runId();
    }

    @Override
    public Tools tools() {
        return machine.netsh;
    }
}
