package dev.berth.remedy.apply;

import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostTuning;
import dev.berth.remedy.journal.Change;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Network namespaces as they are, in which nothing is really set: what is set is read back here, and nowhere else. */
public final class Rehearsal implements Tunings {
    private final Tunings real;
    private final Map<HostTuning, HostTuning> stages = new HashMap<>();

    public Rehearsal(Tunings real) {
        this.real = real;
    }

    @Override
    public Whereabouts of(Change change) {
        Whereabouts there = real.of(change);
        return there instanceof Whereabouts.Found(HostTuning host)
                ? new Whereabouts.Found(stages.computeIfAbsent(host, Stage::new))
                : there;
    }

    @Override
    public @Nullable HostTuning ofFiles() {
        HostTuning host = real.ofFiles();
        return host == null ? null : stages.computeIfAbsent(host, Stage::new);
    }

    /** One of them. */
    private static final class Stage implements HostTuning {
        private final HostTuning host;
        private final Map<Spot, Reading> set = new HashMap<>();

        private record Spot(String setting, Place place) {}

        Stage(HostTuning host) {
            this.host = host;
        }

        @Override
        public Reading read(String setting, Place place) {
            Reading mine = set.get(new Spot(setting, place));
            return mine == null ? host.read(setting, place) : mine;
        }

        @Override
        public ActOutcome write(String setting, Place place, @Nullable String text) {
            set.put(new Spot(setting, place), text == null ? new Reading.Unset() : new Reading.Value(text));
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
