package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.remedy.journal.Change;
import org.jspecify.annotations.Nullable;

/** The way to the settings of each network namespace that the journal names. */
public interface Tunings {
    /** What has become of the namespace of a change. */
    sealed interface Whereabouts {
        record Found(HostTuning tuning) implements Whereabouts {}

        /** It certainly is no more, and what ran in it neither. */
        record Gone() implements Whereabouts {}

        /** It may be there, and what was changed in it in force. */
        record Hidden(String why) implements Whereabouts {}
    }

    /** Looks for the namespace that a change was made in. */
    Whereabouts of(Change change);

    /**
     * The way to the files that the next start reads. They outlive every namespace, and a restart may give the host's own
     * another number, so what was written there is taken back through this where {@link #of} finds nothing. Null where there
     * is no such way.
     */
    default @Nullable HostTuning ofFiles() {
        return null;
    }

    /** For changes of one namespace, which is there. */
    static Tunings only(HostTuning tuning) {
        return _ -> new Whereabouts.Found(tuning);
    }
}
