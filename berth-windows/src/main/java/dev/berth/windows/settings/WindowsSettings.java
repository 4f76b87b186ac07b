package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.platform.ExcludedRange;
import dev.berth.platform.Gap;
import dev.berth.platform.PortPolicy;
import dev.berth.platform.Settings;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.SourcedRange;
import dev.berth.platform.Tunable;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.system.WindowsSystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Reads what decides about ports on a Windows host. */
public final class WindowsSettings {
    private static final String ADMINISTERED = "netsh (administered)";
    private static final String PERSISTENT = "netsh store=persistent";
    private static final String LATER = "what the next start sets";

    /** Windows keeps no port for administrators. */
    private static final int FIRST_UNPRIVILEGED = 1;

    private final WindowsSystem system;
    private final PortSet madeByHns;
    private final ScopedGaps tableGaps = new ScopedGaps();
    private final List<Gap> gaps = new ArrayList<>();
    private final Map<Scope, PortPolicy> policies = new HashMap<>();
    private final SortedMap<String, Tunable> tunables = new TreeMap<>();

    private WindowsSettings(WindowsSystem system) {
        this.system = system;
        this.madeByHns = HnsBlock.of(system.registry());
    }

    /** Never fails: what cannot be read is null, or absent, and named in {@link Settings#gaps()}. */
    public static Settings read(WindowsSystem system) {
        return new WindowsSettings(system).read(false);
    }

    /** The same, with what takes PowerShell a second or two to tell. */
    public static Settings readEvery(WindowsSystem system) {
        return new WindowsSettings(system).read(true);
    }

    private Settings read(boolean every) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var autoReuse = every ? CompletableFuture.supplyAsync(() -> AutoReuse.read(system.tools()), threads) : null;
            NetshTables tables = NetshTables.read(system.tools(), threads);
            return settings(tables, autoReuse == null ? null : autoReuse.join());
        }
    }

    private Settings settings(NetshTables tables, @Nullable Reply<AutoReuse> shared) {
        tables.scopes().forEach((scope, table) -> policies.put(scope, policy(scope, table)));
        for (Protocol protocol : Protocol.values()) {
            putEvenUnread(dynamic(protocol, tables));
            for (Family family : Family.values()) {
                putEvenUnread(excluded(new Scope(protocol, family), tables));
            }
        }
        if (shared != null) {
            autoReuse(shared);
        }
        RegistrySettings.read(system.registry(), this::put, gaps::add);
        ServiceStates.read(system, this::put, gaps::add);
        var all = new ArrayList<>(tableGaps.gaps());
        all.addAll(gaps);
        return new Settings(policies, tunables, new TreeMap<>(), all);
    }

    private PortPolicy policy(Scope scope, NetshTables.OfScope table) {
        PortRange dynamic = tableGaps.read(table.dynamic(), "the dynamic range", scope);
        ExcludedTable excluded = tableGaps.read(table.excluded(), "the excluded ports", scope);
        List<ExcludedRange> rows = excluded == null ? List.of() : excluded.rows();
        PortSet administered = excluded == null ? PortSet.EMPTY : excluded.administered();
        List<SourcedRange> sources = administered.ranges().stream()
                .map(range -> new SourcedRange(range, ADMINISTERED))
                .toList();
        return new PortPolicy(
                dynamic, administered, sources, rows, FIRST_UNPRIVILEGED, persistent(scope, table, administered));
    }

    private PortPolicy.Persistent persistent(Scope scope, NetshTables.OfScope table, PortSet administered) {
        PortRange dynamic = tableGaps.read(table.dynamicLater(), LATER, scope);
        PortSet reserved = persistentlyReserved(scope, table, administered);
        return new PortPolicy.Persistent(
                dynamic, dynamic == null ? null : PERSISTENT, reserved, reserved == null ? null : PERSISTENT);
    }

    /** Null where that is not known: an empty table proves nothing where somebody excluded ports, see {@link Netsh.Store}. */
    private @Nullable PortSet persistentlyReserved(Scope scope, NetshTables.OfScope table, PortSet administered) {
        ExcludedTable later = tableGaps.read(table.excludedLater(), LATER, scope);
        if (later != null
                && later.rows().isEmpty()
                && !administered.minus(madeByHns).isEmpty()) {
            tableGaps.missing(
                    LATER,
                    "netsh shows no exclusion in its persistent store, and on some machines it shows none of those it has",
                    scope);
            return null;
        }
        return later == null ? null : later.ports();
    }

    /** That they are there tells a Windows, see {@link Settings#ofWindows}. */
    private void putEvenUnread(Tunable tunable) {
        tunables.put(tunable.name(), tunable);
    }

    private void put(Tunable tunable) {
        if (tunable.running() != null || tunable.persistent() != null) {
            tunables.put(tunable.name(), tunable);
        }
    }

    private Tunable dynamic(Protocol protocol, NetshTables tables) {
        PortRange ipv4 = tables.of(protocol, Family.IPV4).dynamic().orNull();
        PortRange ipv6 = tables.of(protocol, Family.IPV6).dynamic().orNull();
        return new Tunable(WindowsSetting.dynamicPorts(protocol), both(ipv4, ipv6), List.of());
    }

    private static Tunable excluded(Scope scope, NetshTables tables) {
        ExcludedTable table =
                tables.of(scope.protocol(), scope.family()).excluded().orNull();
        return new Tunable(
                WindowsSetting.excludedPorts(scope.protocol(), scope.family()),
                table == null ? null : table.administered().toString(),
                List.of());
    }

    /** As {@link WindowsSetting#dynamicPorts} has it; null unless both are known. */
    private static @Nullable String both(@Nullable PortRange ipv4, @Nullable PortRange ipv6) {
        if (ipv4 == null || ipv6 == null) {
            return null;
        }
        return ipv4.equals(ipv6) ? ipv4.toString() : ipv4 + " ipv6 " + ipv6;
    }

    private void autoReuse(Reply<AutoReuse> reply) {
        switch (reply) {
            case Reply.Read<AutoReuse>(var range) -> {
                put(new Tunable(AutoReuse.FIRST, Integer.toString(range.first()), List.of()));
                put(new Tunable(AutoReuse.COUNT, Integer.toString(range.count()), List.of()));
            }
            case Reply.Unread<AutoReuse>(var why) ->
                gaps.add(new Gap("the range of ports that connections share", why));
        }
    }
}
