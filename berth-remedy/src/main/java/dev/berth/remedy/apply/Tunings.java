package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import org.jspecify.annotations.Nullable;

/** The way to the settings of each network namespace that the journal names. */
public interface Tunings {
    /** Null where that namespace is no more. */
    @Nullable
    HostTuning of(NetworkNamespace namespace);

    /**
     * The way to the files that the next start reads. They outlive every namespace, and a restart may give the host's own
     * another number, so what was written there is taken back through this where {@link #of} finds nothing. Null where there
     * is no such way.
     */
    default @Nullable HostTuning ofFiles() {
        return null;
    }
}
