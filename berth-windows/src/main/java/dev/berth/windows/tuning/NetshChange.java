package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.Settings.Family;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.settings.Netsh.Store;
import dev.berth.windows.system.Tools;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes through netsh, as Microsoft's KB 929851 and netsh's own help spell them. What it prints is translated, and how it
 * ends is not documented: callers read back what became of it.
 */
final class NetshChange {
    /** A change takes 50 to 100 ms; a machine under load takes its time. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Tools tools;

    NetshChange(Tools tools) {
        this.tools = tools;
    }

    void addExclusion(Scope scope, PortRange block, Store store) throws NotChangedException {
        exclusion("add", scope, block, store);
    }

    /** @param block exactly as it was added */
    void deleteExclusion(Scope scope, PortRange block) throws NotChangedException {
        exclusion("delete", scope, block, Store.PERSISTENT);
    }

    private void exclusion(String verb, Scope scope, PortRange block, Store store) throws NotChangedException {
        run(
                store,
                scope.family(),
                verb,
                "excludedportrange",
                "protocol=" + scope.protocol().label(),
                "startport=" + block.first(),
                "numberofports=" + block.size());
    }

    void setDynamic(Scope scope, PortRange range) throws NotChangedException {
        run(
                Store.PERSISTENT,
                scope.family(),
                "set",
                "dynamicport",
                scope.protocol().label(),
                "start=" + range.first(),
                "num=" + range.size());
    }

    private void run(Store store, Family family, String verb, String what, String... arguments)
            throws NotChangedException {
        var command = new ArrayList<>(List.of("netsh", "interface", WindowsSetting.label(family), verb, what));
        command.addAll(List.of(arguments));
        command.add("store=" + (store == Store.PERSISTENT ? "persistent" : "active"));
        switch (tools.run(command, PATIENCE)) {
            case Tools.Run.Missing(String why) ->
                throw new NotChangedException(new ActOutcome.NotOnThisSystem("netsh could not be run: " + why));
            case Tools.Run.TooLate() ->
                throw NotChangedException.failed("netsh had not ended after %d s".formatted(PATIENCE.toSeconds()));
            case Tools.Run.Ended _ -> {}
        }
    }
}
