package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.platform.NetworkNamespace;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Network namespaces as they are, in which nothing is really set: what is set is read back here, and nowhere else. */
public final class Rehearsal implements Tunings {
    private final Tunings real;
    private final Map<Spot, Reading> set = new HashMap<>();

    /** @param inode the namespace; 0 for files, of which there is one set */
    private record Spot(long inode, String setting, Place place) {
        static Spot of(NetworkNamespace namespace, String setting, Place place) {
            return new Spot(place == Place.PERSISTENT ? 0 : namespace.inode(), setting, place);
        }
    }

    public Rehearsal(Tunings real) {
        this.real = real;
    }

    @Override
    public @Nullable HostTuning of(NetworkNamespace namespace) {
        HostTuning host = real.of(namespace);
        return host == null ? null : new Stage(host, namespace);
    }

    @Override
    public @Nullable HostTuning ofFiles() {
        HostTuning host = real.ofFiles();
        return host == null ? null : new Stage(host, new NetworkNamespace(0, null));
    }

    /** One of them. */
    private final class Stage implements HostTuning {
        private final HostTuning host;
        private final NetworkNamespace namespace;

        Stage(HostTuning host, NetworkNamespace namespace) {
            this.host = host;
            this.namespace = namespace;
        }

        @Override
        public Reading read(String setting, Place place) {
            Reading mine = set.get(Spot.of(namespace, setting, place));
            return mine == null ? host.read(setting, place) : mine;
        }

        @Override
        public ActOutcome write(String setting, Place place, @Nullable String text) {
            set.put(Spot.of(namespace, setting, place), text == null ? new Reading.Unset() : new Reading.Value(text));
            return new ActOutcome.Done();
        }

        @Override
        public @Nullable ActOutcome obstacle(String setting, Place place) {
            return host.obstacle(setting, place);
        }

        @Override
        public @Nullable Persistence persistence(String setting) {
            return host.persistence(setting);
        }

        @Override
        public String startId() {
            return host.startId();
        }
    }
}
