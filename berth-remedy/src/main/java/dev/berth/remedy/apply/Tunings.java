package dev.berth.remedy.apply;

import dev.berth.platform.HostTuning;
import dev.berth.platform.NetworkNamespace;
import org.jspecify.annotations.Nullable;

/** The way to the settings of each network namespace that the journal names. */
public interface Tunings {
    /** Null where that namespace is no more. */
    @Nullable
    HostTuning of(NetworkNamespace namespace);
}
