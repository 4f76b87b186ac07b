package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsSystem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What netsh tells of ports: the only documented way to it. Each answer is one run, of 50 to 100 ms. Safe for several threads. */
public final class Netsh {
    private static final String PROGRAM = "netsh";

    private final Tools tools;

    public Netsh(Tools tools) {
        this.tools = tools;
    }

    /** Where netsh keeps what it is told. */
    public enum Store {
        /** In force, and gone with the next start unless it is persistent as well. */
        ACTIVE,
        PERSISTENT
    }

    /** The exclusions; null where netsh does not tell. */
    public @Nullable ExcludedTable excluded(Scope scope, Store store) {
        return readExcluded(scope, store).orNull();
    }

    /** The dynamic range; null where netsh does not tell. */
    public @Nullable PortRange dynamic(Scope scope, Store store) {
        return readDynamic(scope, store).orNull();
    }

    Reply<ExcludedTable> readExcluded(Scope scope, Store store) {
        return read(scope, "excludedportrange", store, ExcludedTable::parse);
    }

    Reply<PortRange> readDynamic(Scope scope, Store store) {
        return read(scope, "dynamicportrange", store, DynamicTable::parse);
    }

    private <T> Reply<T> read(Scope scope, String what, Store store, Function<String, @Nullable T> decode) {
        return Reply.of(tools.run(show(scope, what, store), WindowsSystem.PATIENCE), PROGRAM, decode);
    }

    /** {@code show … [protocol=]tcp|udp [[store=]active|persistent]}: Microsoft's Netsh technical reference. */
    private static List<String> show(Scope scope, String what, Store store) {
        return List.of(
                PROGRAM,
                "interface",
                scope.family() == Family.IPV4 ? "ipv4" : "ipv6",
                "show",
                what,
                "protocol=" + (scope.protocol() == Protocol.TCP ? "tcp" : "udp"),
                "store=" + (store == Store.ACTIVE ? "active" : "persistent"));
    }
}
