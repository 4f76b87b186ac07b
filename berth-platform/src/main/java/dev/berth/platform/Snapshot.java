package dev.berth.platform;

import java.util.List;

/**
 * The sockets of one query, kept: a smear over a few milliseconds, not an instant.
 *
 * @param gaps what the sources did not show
 */
public record Snapshot(NetworkNamespace namespace, SocketColumns sockets, List<Gap> gaps) {
    public Snapshot {
        gaps = List.copyOf(gaps);
    }
}
