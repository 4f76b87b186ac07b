package dev.berth.windows.recording;

import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.windows.system.ProcessEntry;
import dev.berth.windows.system.Registry;
import dev.berth.windows.system.RegistryValue;
import dev.berth.windows.system.ServiceEntry;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsActs;
import dev.berth.windows.system.WindowsErrorException;
import dev.berth.windows.system.WindowsSystem;
import dev.berth.windows.system.WindowsVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A Windows that gives every kind of reply, and counts what it is asked. */
final class SomeWindows implements WindowsSystem {
    static final SocketTable TCP4 = new SocketTable(Protocol.TCP, false, SocketTable.Rows.OWNER_PID, false);
    static final SocketTable TCP6 = new SocketTable(Protocol.TCP, true, SocketTable.Rows.OWNER_PID, false);
    static final SocketTable REFUSED = new SocketTable(Protocol.UDP, false, SocketTable.Rows.OWNER_PID, false);
    static final SocketTable NONE = new SocketTable(Protocol.TCP, false, SocketTable.Rows.ROW2, true);
    static final List<String> SHOW = List.of("netsh", "interface", "ipv4", "show", "dynamicport", "tcp");
    static final List<String> EVENTS = List.of("wevtutil", "qe", "System", "/q:*[System[EventID=4227]]");
    static final List<String> SLOW = List.of("powershell", "-NoProfile");

    /** 10.1.2.3:1433 to 10.9.8.7:50000, of process 4711; and bytes behind its row that the call left there. */
    private static final String ESTABLISHED =
            "01000000" + "05000000" + "0a010203" + "05990000" + "0a090807" + "c3500000" + "67120000" + "0a010203";

    static final IpAddress HERE = IpAddress.parse("10.1.2.3");

    int asked;

    static ProcessEntry database() {
        return new ProcessEntry(
                4711,
                700,
                "sqlservr.exe",
                "C:\\Users\\Ada\\db\\sqlservr.exe",
                "\"C:\\Users\\Ada\\db\\sqlservr.exe\" -sINSTANCE --password=hunter2",
                "CONTOSO\\ada",
                Instant.parse("2026-11-21T10:00:00.123Z"));
    }

    static byte[] row() {
        return HexFormat.of().parseHex(ESTABLISHED);
    }

    @Override
    public byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException {
        asked++;
        if (table.equals(REFUSED)) {
            throw new WindowsErrorException("GetExtendedUdpTable", WindowsErrorException.NOT_SUPPORTED);
        }
        return table.equals(TCP4) ? row() : table.equals(TCP6) ? empty() : null;
    }

    private static byte[] empty() {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).array();
    }

    @Override
    public Optional<ProcessEntry> process(int pid) {
        asked++;
        return switch (pid) {
            case 4711 -> Optional.of(database());
            case 4 -> Optional.of(new ProcessEntry(4, 0, "System", null, null, null, null));
            default -> Optional.empty();
        };
    }

    @Override
    public List<ServiceEntry> services() {
        asked++;
        return List.of(
                new ServiceEntry("MSSQLSERVER", "SQL Server of DB1", 4711, true),
                new ServiceEntry("winnat", "Windows NAT Driver", 0, false));
    }

    @Override
    public Set<IpAddress> addresses() {
        asked++;
        return Set.of(HERE);
    }

    @Override
    public Optional<IpAddress> sourceTowards(IpAddress destination) {
        asked++;
        return Optional.of(HERE);
    }

    @Override
    public Registry registry() {
        return (key, name) -> {
            asked++;
            return switch (name) {
                case "MaxUserPort" -> new RegistryValue.Dword(4_294_967_295L);
                case "ReservedPorts" -> new RegistryValue.Lines(List.of("1433-1433", "5000-5010"));
                case "Garbage" -> new RegistryValue.Text("65534 \u00fc");
                case "Bytes" -> new RegistryValue.Other(3, 12);
                case "Secret" -> throw new WindowsErrorException("RegQueryValueExW", 5);
                default -> null;
            };
        };
    }

    @Override
    public Tools tools() {
        return (command, limit) -> {
            asked++;
            if (command.equals(SHOW)) {
                return new Tools.Run.Ended(0, "D\u00e9but : 49152\r\n", "");
            } else if (command.equals(EVENTS)) {
                return new Tools.Run.Ended(0, EVENT, "no \u0001");
            }
            return command.equals(SLOW) ? new Tools.Run.TooLate() : new Tools.Run.Missing("no such program");
        };
    }

    static final String EVENT = "<Event><System><Provider Name='Tcpip'/><EventID Qualifiers='32768'>4227</EventID>"
            + "<TimeCreated SystemTime='2026-11-21T09:00:00Z'/><Computer>DB1.contoso.example</Computer>"
            + "<Security UserID='S-1-5-21-1'/></System><EventData><Data>10.1.2.3</Data></EventData></Event>";

    @Override
    public WindowsVersion version() {
        return new WindowsVersion("10.0.20348", "DB1", true);
    }

    @Override
    public Instant readAt() {
        return Instant.parse("2026-11-21T20:00:00Z");
    }

    @Override
    public boolean recorded() {
        return false;
    }

    @Override
    public BindOutcome bind(BindRequest request) {
        throw new AssertionError("a recording only reads");
    }

    @Override
    public @Nullable WindowsActs acts() {
        throw new AssertionError("a recording only reads");
    }

    @Override
    public void close() {
        throw new AssertionError("not the recording's to close");
    }
}
