package dev.berth.cli.command;

import dev.berth.diagnosis.Nearest;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketRow;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filters of {@code berth list}: {@code key=value}, joined by AND. What the system can filter, it is asked to. */
final class ListFilter {
    static final List<String> KEYS =
            List.of("state", "port", "local", "remote", "pid", "process", "unit", "netns", "protocol");

    /** What the help says above {@link #MEANINGS}. */
    static final String HEADING = "filters, joined by AND, each key once";

    /** Each key and what it keeps, for the help. */
    static final Map<String, String> MEANINGS = meanings();

    private final Set<String> given = new HashSet<>();
    private SocketQuery query = SocketQuery.everything();
    private @Nullable IpAddress local;
    private @Nullable String process;
    private @Nullable String unit;
    private @Nullable String netns;
    private int pid;

    private ListFilter() {}

    private static Map<String, String> meanings() {
        var meanings = new LinkedHashMap<String, String>();
        meanings.put("state=S[,S…]", "in one of these states, such as LISTEN or TIME_WAIT");
        meanings.put("port=P[-Q]", "with this local port, or one of this range");
        meanings.put("local=A[:P]", "with this local address, and port");
        meanings.put("remote=A[:P]", "with this remote address, and port");
        meanings.put("pid=N", "held by the process with this id");
        meanings.put("process=NAME", "held by a process of this name");
        meanings.put("unit=NAME", "held by a process of this systemd unit, or of this service of Windows");
        meanings.put("netns=NAME|PID|all", "in this network namespace (Linux)");
        meanings.put("protocol=tcp|udp", "of this protocol");
        return meanings;
    }

    static ListFilter parse(List<String> words) throws UsageException {
        var filter = new ListFilter();
        for (String word : words) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            if (equals < 0 || !KEYS.contains(key)) {
                String nearest = Nearest.to(key, KEYS);
                throw refuse(
                        "'" + word + "' is not a filter",
                        nearest == null
                                ? "a filter is KEY=VALUE, and the keys are " + String.join(", ", KEYS)
                                : "did you mean " + nearest + "=…?");
            }
            if (!filter.given.add(key)) {
                throw refuse(
                        "a second " + key + "= is given: " + word,
                        "each key is taken once; several states are joined by commas, ports are given as a range");
            }
            try {
                filter.add(key, word.substring(equals + 1));
            } catch (IllegalArgumentException e) {
                String why = e.getMessage();
                throw refuse("cannot filter by " + word, why == null ? "the value cannot be read" : why);
            }
        }
        return filter;
    }

    private static UsageException refuse(String what, String why) {
        return new UsageException(what, why, "berth list --help");
    }

    private void add(String key, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("nothing stands behind the =");
        }
        switch (key) {
            case "state" -> query = query.with(states(value));
            case "port" -> query = query.with(PortRange.parse(value));
            case "protocol" -> query = query.with(protocol(value));
            case "remote" -> query = query.with(endpoint(value));
            case "local" -> {
                Endpoint endpoint = endpoint(value);
                local = endpoint.address();
                if (endpoint.port() != 0) {
                    if (!given.add("port")) {
                        throw new IllegalArgumentException("port= is given as well: name the port once");
                    }
                    query = query.with(PortRange.of(endpoint.port()));
                }
            }
            case "pid" -> pid = pid(value);
            case "process" -> process = value;
            case "unit" -> unit = value;
            default -> netns = value;
        }
    }

    private static EnumSet<TcpState> states(String value) {
        var states = EnumSet.noneOf(TcpState.class);
        for (int start = 0; start <= value.length(); ) {
            int comma = value.indexOf(',', start);
            int end = comma < 0 ? value.length() : comma;
            String name = value.substring(start, end).toUpperCase(Locale.ROOT).replace('-', '_');
            try {
                states.add(TcpState.valueOf(name));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the states are " + List.of(TcpState.values()), e);
            }
            start = end + 1;
        }
        return states;
    }

    private static Protocol protocol(String value) {
        return switch (value) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            default -> throw new IllegalArgumentException("the protocols are tcp and udp");
        };
    }

    /** An address, or an address and a port; port 0 stands for any. */
    private static Endpoint endpoint(String value) {
        boolean v4WithPort = value.indexOf(':') == value.lastIndexOf(':') && value.indexOf(':') >= 0;
        return value.startsWith("[") || v4WithPort ? Endpoint.parse(value) : new Endpoint(IpAddress.parse(value), 0);
    }

    private static int pid(String value) {
        int pid = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value.length() > 9) {
                throw new IllegalArgumentException("'" + value + "' is not a process id");
            }
            pid = pid * 10 + digit;
        }
        if (pid == 0) {
            throw new IllegalArgumentException("process ids start at 1");
        }
        return pid;
    }

    SocketQuery query() {
        return query;
    }

    @Nullable
    String netns() {
        return netns;
    }

    boolean asksForOwners() {
        return pid != 0 || process != null || unit != null;
    }

    boolean keepsRow(SocketRow row) {
        return local == null || row.localHigh() == local.high() && row.localLow() == local.low();
    }

    boolean keepsOwner(int ownerPid, @Nullable ProcessInfo owner) {
        return (pid == 0 || pid == ownerPid)
                && (process == null || owner != null && process.equals(owner.name()))
                && (unit == null || owner != null && unit.equals(owner.unit()));
    }
}
