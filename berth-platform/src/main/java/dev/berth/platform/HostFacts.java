package dev.berth.platform;

import java.time.Instant;

/**
 * Which host was looked at, and when.
 *
 * @param system {@code linux} or {@code windows}
 * @param release the kernel's or system's version, such as {@code 6.18.44}
 * @param privileged whether the reader could see into every process
 * @param recorded whether this is a capture rather than the machine itself
 * @param bindsPrivilegedPorts whether the reader is known to be allowed to bind ports below the first unprivileged one
 */
public record HostFacts(
        String system,
        String release,
        String hostName,
        Instant readAt,
        boolean privileged,
        boolean recorded,
        boolean bindsPrivilegedPorts) {

    /** Of a reader that is not known to be allowed to bind privileged ports. */
    public HostFacts(
            String system, String release, String hostName, Instant readAt, boolean privileged, boolean recorded) {
        this(system, release, hostName, readAt, privileged, recorded, false);
    }
}
