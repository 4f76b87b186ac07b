package dev.berth.cli.command;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Tunings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Opens the network namespaces that the journal names, the nearest way first; they are closed with the command. */
final class OpenTunings implements Tunings {
    private final Console console;
    private final Map<NetworkNamespace, HostNetwork> opened = new HashMap<>();

    OpenTunings(Console console) {
        this.console = console;
    }

    @Override
    public @Nullable HostTuning of(NetworkNamespace namespace) {
        HostNetwork known = opened.get(namespace);
        HostNetwork host = known != null ? known : find(namespace);
        if (host == null) {
            return null;
        }
        opened.put(namespace, host);
        return host.tuning();
    }

    @Override
    public @Nullable HostTuning ofFiles() {
        try {
            return console.hosts(new NamespaceChoice.Own()).getFirst().tuning();
        } catch (HostReadException unreadable) {
            return null;
        }
    }

    private @Nullable HostNetwork find(NetworkNamespace namespace) {
        HostNetwork own = among(new NamespaceChoice.Own(), namespace);
        if (own != null) {
            return own;
        }
        String name = namespace.name();
        return among(name == null ? new NamespaceChoice.All() : new NamespaceChoice.Named(name), namespace);
    }

    /** An inode number is given again once its namespace is gone, so the names must agree where both have one. */
    private @Nullable HostNetwork among(NamespaceChoice choice, NetworkNamespace wanted) {
        try {
            List<HostNetwork> hosts = console.hosts(choice);
            for (HostNetwork host : hosts) {
                NetworkNamespace found = host.namespace();
                boolean sameName = found.name() == null
                        || wanted.name() == null
                        || found.name().equals(wanted.name());
                if (found.inode() == wanted.inode() && sameName) {
                    return host;
                }
            }
            return null;
        } catch (HostReadException gone) {
            return null;
        }
    }
}
