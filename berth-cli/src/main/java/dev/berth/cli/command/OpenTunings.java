package dev.berth.cli.command;

import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.NamespaceChoice;
import dev.berth.platform.NetworkNamespace;
import dev.berth.remedy.apply.Tunings;
import dev.berth.remedy.journal.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Opens the network namespaces that the journal names; they are closed with the command. */
final class OpenTunings implements Tunings {
    private final Console console;
    private final Map<Long, HostNetwork> opened = new HashMap<>();
    private @Nullable HostNetwork own;

    OpenTunings(Console console) {
        this.console = console;
    }

    @Override
    public Whereabouts of(Change change) {
        try {
            return change.isBefore(own().tuning().startId()) ? sinceRestart(change) : now(change.netns());
        } catch (HostReadException e) {
            return new Whereabouts.Hidden(e.why());
        }
    }

    /** Only the host's own is there after a restart; its number may be another. It alone has files. */
    private Whereabouts sinceRestart(Change change) throws HostReadException {
        boolean hosts = change.steps().stream().anyMatch(made -> made.step().place() == Place.PERSISTENT)
                || change.netns().inode() == own().namespace().inode();
        return hosts ? new Whereabouts.Found(own().tuning()) : new Whereabouts.Gone();
    }

    private Whereabouts now(NetworkNamespace wanted) throws HostReadException {
        HostNetwork host = numbered(wanted.inode());
        if (host == null) {
            return new Whereabouts.Gone();
        }
        HostTuning tuning = host.tuning();
        NetworkNamespace there = host.namespace().withCookie(tuning.cookie());
        if (!there.mayBe(wanted)) {
            return new Whereabouts.Gone();
        }
        boolean surely = host.namespace().equals(own().namespace())
                || there.cookie() != null && wanted.cookie() != null
                || wanted.name() != null && Objects.equals(there.name(), wanted.name());
        return surely
                ? new Whereabouts.Found(tuning)
                : new Whereabouts.Hidden(
                        "the number of " + wanted + " may be another's by now; Linux tells from 5.14 on");
    }

    private @Nullable HostNetwork numbered(long inode) throws HostReadException {
        if (inode == own().namespace().inode()) {
            return own();
        }
        HostNetwork host = opened.get(inode);
        if (host == null) {
            List<HostNetwork> hosts = console.hosts(new NamespaceChoice.Numbered(inode));
            if (hosts.isEmpty()) {
                return null;
            }
            host = hosts.getFirst();
            opened.put(inode, host);
        }
        return host;
    }

    @Override
    public @Nullable HostTuning ofFiles() {
        try {
            return own().tuning();
        } catch (HostReadException unreadable) {
            return null;
        }
    }

    private HostNetwork own() throws HostReadException {
        HostNetwork known = own;
        if (known == null) {
            known = console.hosts(new NamespaceChoice.Own()).getFirst();
            own = known;
        }
        return known;
    }
}
