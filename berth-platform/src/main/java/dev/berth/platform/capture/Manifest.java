package dev.berth.platform.capture;

import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.NetworkNamespace;
import java.util.List;

/**
 * What a capture says of itself: the entry {@code manifest.json}.
 *
 * @param berthVersion the version that recorded it
 * @param namespaces those recorded, the recorder's own first
 * @param gaps what could not be recorded
 */
public record Manifest(
        String berthVersion, HostFacts facts, boolean scrubbed, List<NetworkNamespace> namespaces, List<Gap> gaps) {
    public Manifest {
        namespaces = List.copyOf(namespaces);
        gaps = List.copyOf(gaps);
    }
}
