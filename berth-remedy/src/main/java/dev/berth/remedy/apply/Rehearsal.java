package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.platform.HostTuning.Place;
import dev.berth.platform.HostTuning.Reading;
import dev.berth.remedy.journal.Change;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Network namespaces as they are, in which nothing is really set: what is set is read back here, and nowhere else. */
public final class Rehearsal implements Tunings {
    private final Tunings real;
    private final Map<Spot, Reading> set = new HashMap<>();

    /** @param inode the namespace; 0 for files, of which there is one set */
    private record Spot(long inode, String setting, Place place) {}

    public Rehearsal(Tunings real) {
        this.real = real;
    }

    @Override
    public Whereabouts of(Change change) {
        return switch (real.of(change)) {
            case Whereabouts.Found(HostTuning host) ->
                new Whereabouts.Found(new Stage(host, change.netns().inode()));
            case Whereabouts.Gone gone -> gone;
            case Whereabouts.Hidden hidden -> hidden;
        };
    }

    @Override
    public @Nullable HostTuning ofFiles() {
        HostTuning host = real.ofFiles();
        return host == null ? null : new Stage(host, 0);
    }

    /** One of them. */
    private final class Stage implements HostTuning {
        private final HostTuning host;
        private final long inode;

        Stage(HostTuning host, long inode) {
            this.host = host;
            this.inode = inode;
        }

        private Spot spot(String setting, Place place) {
            return new Spot(place == Place.PERSISTENT ? 0 : inode, setting, place);
        }

        @Override
        public Reading read(String setting, Place place) {
            Reading mine = set.get(spot(setting, place));
            return mine == null ? host.read(setting, place) : mine;
        }

        @Override
        public ActOutcome write(String setting, Place place, @Nullable String text) {
            set.put(spot(setting, place), text == null ? new Reading.Unset() : new Reading.Value(text));
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

        @Override
        public @Nullable Long cookie() {
            return host.cookie();
        }
    }
}
