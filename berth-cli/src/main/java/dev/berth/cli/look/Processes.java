package dev.berth.cli.look;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.ProcessInfo;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** The processes of one host, each read once, and one at a time, whichever thread asks. */
public final class Processes implements IntFunction<Optional<ProcessInfo>> {
    private final IntFunction<Optional<ProcessInfo>> host;
    private final Map<Integer, Optional<ProcessInfo>> known = new ConcurrentHashMap<>();

    private Processes(IntFunction<Optional<ProcessInfo>> host) {
        this.host = host;
    }

    /** Everything there is to know of each. */
    static Processes of(HostNetwork host) {
        return new Processes(host::process);
    }

    /** What a line of a table shows. */
    static Processes labelsOf(HostNetwork host) {
        return new Processes(host::processLabel);
    }

    @Override
    public Optional<ProcessInfo> apply(int pid) {
        Optional<ProcessInfo> process = known.get(pid);
        return process != null ? process : read(pid);
    }

    private synchronized Optional<ProcessInfo> read(int pid) {
        return known.computeIfAbsent(pid, host::apply);
    }
}
