package dev.berth.windows.system;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Windows this process runs on. */
public final class LiveWindows implements WindowsSystem {
    private final Instant readAt = Instant.now();
    private final WindowsVersion version;
    private final LiveProcesses processes = new LiveProcesses();
    private final Registry registry = new LiveRegistry();
    private final Tools tools;
    private final WindowsActs acts;

    /** @throws WindowsErrorException when this Windows does not even tell its version */
    public LiveWindows() throws WindowsErrorException {
        version = new WindowsVersion(Ntdll.version().toString(), Kernel32.getComputerName(), Token.elevated());
        tools = new SystemTools(Path.of(Kernel32.getSystemDirectory()));
        acts = new LiveActs(tools);
    }

    /** Links the functions that every look at this machine needs first, by calling them. */
    public static void link() {
        try {
            Ntdll.version();
            Token.elevated();
            Iphlpapi.table(new SocketTable(Protocol.UDP, false, SocketTable.Rows.OWNER_PID, false));
        } catch (WindowsErrorException e) {
            // whoever looks will be told
        }
    }

    @Override
    public WindowsVersion version() {
        return version;
    }

    @Override
    public Instant readAt() {
        return readAt;
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException {
        return Iphlpapi.table(table);
    }

    @Override
    public Optional<ProcessEntry> process(int pid) throws WindowsErrorException {
        return processes.of(pid);
    }

    @Override
    public List<ServiceEntry> services() throws WindowsErrorException {
        return ServiceManager.services();
    }

    @Override
    public Registry registry() {
        return registry;
    }

    @Override
    public Tools tools() {
        return tools;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        return BindAttempt.of(request);
    }

    @Override
    public Set<IpAddress> addresses() throws WindowsErrorException {
        return LocalAddresses.all();
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        return LocalAddresses.towards(destination);
    }

    @Override
    public WindowsActs acts() {
        return acts;
    }

    @Override
    public void close() {
        // nothing stays open between two questions
    }
}
