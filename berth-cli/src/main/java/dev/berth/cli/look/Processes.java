package dev.berth.cli.look;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** The processes of one host, each read once. For one thread. */
public final class Processes implements IntFunction<Optional<ProcessInfo>> {
    private final HostNetwork host;
    private final Map<Integer, Optional<ProcessInfo>> known = new HashMap<>();

    public Processes(HostNetwork host) {
        this.host = host;
    }

    @Override
    public Optional<ProcessInfo> apply(int pid) {
        Optional<ProcessInfo> process = known.get(pid);
        if (process == null) {
            process = host.process(pid);
            known.put(pid, process);
        }
        return process;
    }
}
