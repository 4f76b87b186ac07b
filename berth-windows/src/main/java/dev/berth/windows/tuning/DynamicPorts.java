package dev.berth.windows.tuning;

import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.Settings.Scope;
import dev.berth.platform.WindowsSetting;
import dev.berth.windows.settings.Netsh;
import dev.berth.windows.system.Tools;
import java.util.Objects;

/** The dynamic range of a protocol, in both families. */
final class DynamicPorts {
    private final Netsh netsh;
    private final NetshChange change;

    DynamicPorts(Netsh netsh, Tools changing) {
        this.netsh = netsh;
        this.change = new NetshChange(changing);
    }

    Reading read(Protocol protocol) {
        try {
            return new Reading.Value(now(protocol).toString());
        } catch (NotChangedException e) {
            return new Reading.Unknown(Objects.requireNonNull(e.getMessage()));
        }
    }

    private DynamicRanges now(Protocol protocol) throws NotChangedException {
        var scopes = Families.of(protocol);
        return new DynamicRanges(range(scopes.getFirst()), range(scopes.getLast()));
    }

    private PortRange range(Scope scope) throws NotChangedException {
        return NotChangedException.orFailed(netsh.dynamic(scope, Netsh.Store.ACTIVE));
    }

    ActOutcome write(Protocol protocol, String text) {
        DynamicRanges wanted = DynamicRanges.parse(text);
        if (wanted == null) {
            return new ActOutcome.Failed("'" + text + "' is no dynamic range, such as 49152-65535");
        }
        String unfit = wanted.unfit();
        if (unfit != null) {
            return new ActOutcome.Failed(unfit);
        }
        try {
            for (Scope scope : Families.of(protocol)) {
                set(scope, wanted.of(scope.family()));
            }
            return new ActOutcome.Done();
        } catch (NotChangedException e) {
            return e.outcome();
        }
    }

    /** Not where it is so already: the families may go together. */
    private void set(Scope scope, PortRange wanted) throws NotChangedException {
        if (range(scope).equals(wanted)) {
            return;
        }
        change.setDynamic(scope, wanted);
        PortRange now = range(scope);
        if (!now.equals(wanted)) {
            throw NotChangedException.failed("netsh did not set %s to %s: it is still %s"
                    .formatted(WindowsSetting.label(scope.family()), wanted, now));
        }
    }
}
