package dev.berth.windows.sockets;

import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.system.WindowsVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A Windows that knows tables of sockets, processes and services, and nothing else. */
public final class TablesOnly implements WindowsSystem {
    private final Map<SocketTable, byte[]> tables = new HashMap<>();
    private final Map<SocketTable, Integer> refusals = new HashMap<>();
    private final Map<Integer, ProcessEntry> processes = new HashMap<>();
    private final List<ServiceEntry> services = new ArrayList<>();
    private int processesError;
    private int servicesError;

    /** With a table for each protocol and family, none of which has a row. */
    public static TablesOnly withoutSockets() {
        var system = new TablesOnly();
        for (Protocol protocol : Protocol.values()) {
            for (boolean v6 : new boolean[] {false, true}) {
                SocketTable table = BuiltTable.table(protocol, v6, SocketTable.Rows.OWNER_PID);
                system.with(table, BuiltTable.of(table).bytes());
            }
        }
        return system;
    }

    public TablesOnly with(SocketTable table, byte[] raw) {
        tables.put(table, raw);
        return this;
    }

    public TablesOnly refusing(SocketTable table, int error) {
        refusals.put(table, error);
        return this;
    }

    public TablesOnly with(ProcessEntry process) {
        processes.put(process.pid(), process);
        return this;
    }

    public TablesOnly refusingProcesses(int error) {
        processesError = error;
        return this;
    }

    public TablesOnly refusingServices(int error) {
        servicesError = error;
        return this;
    }

    public TablesOnly with(ServiceEntry service) {
        services.add(service);
        return this;
    }

    @Override
    public byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException {
        Integer error = refusals.get(table);
        if (error != null) {
            throw new WindowsErrorException("GetExtendedTcpTable", error);
        }
        return tables.get(table);
    }

    @Override
    public Optional<ProcessEntry> process(int pid) throws WindowsErrorException {
        if (processesError != 0) {
            throw new WindowsErrorException("CreateToolhelp32Snapshot", processesError);
        }
        return Optional.ofNullable(processes.get(pid));
    }

    @Override
    public List<ServiceEntry> services() throws WindowsErrorException {
        if (servicesError != 0) {
            throw new WindowsErrorException("EnumServicesStatusExW", servicesError);
        }
        return List.copyOf(services);
    }

    @Override
    public WindowsVersion version() {
        return new WindowsVersion("10.0.20348", "host", false);
    }

    @Override
    public Instant readAt() {
        return Instant.EPOCH;
    }

    @Override
    public boolean recorded() {
        return true;
    }

    @Override
    public Registry registry() {
        return (_, _) -> null;
    }

    @Override
    public Tools tools() {
        return (_, _) -> new Tools.Run.Missing("no tools here");
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return new BindOutcome.NotTried("no binds here");
    }

    @Override
    public @Nullable WindowsActs acts() {
        return null;
    }

    @Override
    public void close() {}
}
