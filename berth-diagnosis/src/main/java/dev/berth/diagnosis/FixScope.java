package dev.berth.diagnosis;

import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aims fixes at the network namespace they are for: typed as they are, their commands act on the reader's own. */
public final class FixScope {
    private static final String INSIDE = "; inside that namespace";

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
                case "raise-conntrack-limit" -> aimed.add(fix.untyped(fix.summary())); // read-only inside
                case "choose-local-address" -> aimed.add(inside(fix, foreign));
                case "destroy-connection" -> aimed.add(fix.command() == null ? inside(fix, foreign) : fix);
                case "choose-another-port", "look-twice" -> aimed.add(askedOf(fix, foreign));
                default -> // "berth free" names it; processes and services are the same from everywhere
                    aimed.add(fix.aims().isEmpty() ? fix : setIn(fix, foreign));
            }
        }
        return List.copyOf(aimed);
    }

    /** Berth enters another namespace by itself. */
    private static @Nullable String entering(Fix fix, NetworkNamespace namespace) {
        String option = namespace.option();
        String command = fix.command();
        return option == null || command == null ? null : command + " --netns " + EndHolder.quoted(option);
    }

    private static Fix askedOf(Fix fix, NetworkNamespace namespace) {
        return fix.typed(entering(fix, namespace));
    }

    private static Fix setIn(Fix fix, NetworkNamespace namespace) {
        String command = entering(fix, namespace);
        return command == null ? fix.untyped(fix.summary() + INSIDE) : fix.typed(command);
    }

    private static Fix inside(Fix fix, NetworkNamespace namespace) {
        String prefix = prefix(namespace);
        String command = fix.command();
        return prefix == null || command == null
                ? fix.untyped(fix.summary() + INSIDE)
                : fix.typed(prefix + " " + command);
    }

    private static @Nullable String prefix(NetworkNamespace namespace) {
        String name = namespace.name();
        if (name != null) {
            return "ip netns exec " + EndHolder.quoted(name);
        }
        return namespace.resident() == null ? null : "nsenter --net=/proc/" + namespace.resident() + "/ns/net";
    }
}
