package dev.berth.diagnosis;

import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aims fixes at the network namespace they are for: typed as they are, their commands act on the reader's own. */
public final class FixScope {
    private FixScope() {}

    public static List<Fix> aimed(List<Fix> fixes, Settings settings) {
        NetworkNamespace foreign = settings.foreign();
        if (foreign == null) {
            return fixes;
        }
        var aimed = new ArrayList<Fix>();
        for (Fix fix : fixes) {
            switch (fix.id()) {
                case "reserve-port-persistent" -> {} // the file would configure the host's namespace
                case "raise-conntrack-limit" -> aimed.add(fix.with(fix.summary(), null)); // read-only inside
                case "reserve-port",
                        "activate-setting",
                        "even-out-range",
                        "raise-range-start",
                        "raise-time-wait-limit",
                        "restore-default",
                        "reuse-time-wait",
                        "shorten-conntrack-time-wait",
                        "widen-range",
                        "choose-local-address" -> aimed.add(inside(fix, foreign));
                case "destroy-connection" -> aimed.add(fix.command() == null ? inside(fix, foreign) : fix);
                case "choose-another-port", "look-twice" -> aimed.add(askedOf(fix, foreign));
                default -> aimed.add(fix); // "berth free" names it; processes and services are the same from everywhere
            }
        }
        return List.copyOf(aimed);
    }

    /** Berth looks into another namespace by itself. */
    private static Fix askedOf(Fix fix, NetworkNamespace namespace) {
        String option = namespace.option();
        String command = fix.command();
        return fix.with(
                fix.summary(),
                option == null || command == null ? null : command + " --netns " + EndHolder.quoted(option));
    }

    private static Fix inside(Fix fix, NetworkNamespace namespace) {
        String entering = entering(namespace);
        String command = fix.command();
        if (entering == null || command == null) {
            return fix.with(fix.summary() + "; inside that namespace", null);
        }
        boolean needsShell = command.contains(" && ") || command.contains(" > ");
        return fix.with(fix.summary(), entering + " " + (needsShell ? "sh -c " + EndHolder.quoted(command) : command));
    }

    private static @Nullable String entering(NetworkNamespace namespace) {
        String name = namespace.name();
        if (name != null) {
            return "ip netns exec " + EndHolder.quoted(name);
        }
        return namespace.resident() == null ? null : "nsenter --net=/proc/" + namespace.resident() + "/ns/net";
    }
}
