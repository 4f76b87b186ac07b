package dev.berth.windows.settings;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.windows.settings.Netsh.Store;
import dev.berth.windows.system.Tools;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Every table there is, asked for at once: what takes time is to start sixteen programs. */
record NetshTables(Map<Scope, OfScope> scopes) {
    /**
     * Of one protocol and family.
     *
     * @param excludedLater what the next start excludes
     * @param dynamicLater the range that the next start sets
     */
    record OfScope(
            Reply<ExcludedTable> excluded,
            Reply<ExcludedTable> excludedLater,
            Reply<PortRange> dynamic,
            Reply<PortRange> dynamicLater) {}

    OfScope of(Protocol protocol, Family family) {
        return Objects.requireNonNull(scopes.get(new Scope(protocol, family)));
    }

    static NetshTables read(Tools tools, Executor threads) {
        var netsh = new Netsh(tools);
        var asked = new LinkedHashMap<Scope, Supplier<OfScope>>();
        for (Protocol protocol : Protocol.values()) {
            for (Family family : Family.values()) {
                var scope = new Scope(protocol, family);
                asked.put(scope, ask(netsh, scope, threads));
            }
        }
        var scopes = new LinkedHashMap<Scope, OfScope>();
        asked.forEach((scope, answers) -> scopes.put(scope, answers.get()));
        return new NetshTables(scopes);
    }

    private static Supplier<OfScope> ask(Netsh netsh, Scope scope, Executor threads) {
        var excluded = CompletableFuture.supplyAsync(() -> netsh.excluded(scope, Store.ACTIVE), threads);
        var excludedLater = CompletableFuture.supplyAsync(() -> netsh.excluded(scope, Store.PERSISTENT), threads);
        var dynamic = CompletableFuture.supplyAsync(() -> netsh.dynamic(scope, Store.ACTIVE), threads);
        var dynamicLater = CompletableFuture.supplyAsync(() -> netsh.dynamic(scope, Store.PERSISTENT), threads);
        return () -> new OfScope(excluded.join(), excludedLater.join(), dynamic.join(), dynamicLater.join());
    }
}
