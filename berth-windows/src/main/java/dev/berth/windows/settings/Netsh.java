package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.system.Tools;
import dev.berth.windows.system.WindowsSystem;
import java.util.ArrayList;
import java.util.List;

/**
 * What netsh tells of ports: the documented way to it. Each answer is one run, of 50 to 100 ms. Safe for several threads.
 *
 * <p>Syntax: {@code show excludedportrange|dynamicportrange [protocol=]tcp|udp [[store=]active|persistent]}, Microsoft's Netsh
 * technical reference; spelled as in the outputs people published.
 */
public final class Netsh {
    private static final String PROGRAM = "netsh";

    private final Tools tools;

    public Netsh(Tools tools) {
        this.tools = tools;
    }

    /** Where netsh keeps what it is told. */
    public enum Store {
        /** In force now; what netsh shows where none is named. */
        ACTIVE,
        /**
         * In force from the next start on. An empty one proves nothing: a user's script of 2026 says that netsh showed no row
         * there, on a machine with an exclusion that was added with {@code store=persistent}; others read their rows there.
         */
        PERSISTENT
    }

    public Reply<ExcludedTable> excluded(Scope scope, Store store) {
        var command =
                show(scope, "excludedportrange", "protocol=" + scope.protocol().label(), store);
        return Reply.of(tools.run(command, WindowsSystem.PATIENCE), PROGRAM, ExcludedTable::parse);
    }

    public Reply<PortRange> dynamic(Scope scope, Store store) {
        var command = show(scope, "dynamicport", scope.protocol().label(), store);
        return Reply.of(tools.run(command, WindowsSystem.PATIENCE), PROGRAM, DynamicTable::parse);
    }

    private static List<String> show(Scope scope, String what, String protocol, Store store) {
        var command = new ArrayList<>(
                List.of(PROGRAM, "interface", scope.family() == Family.IPV4 ? "ipv4" : "ipv6", "show", what, protocol));
        if (store == Store.PERSISTENT) {
            command.add("store=persistent");
        }
        return command;
    }
}
