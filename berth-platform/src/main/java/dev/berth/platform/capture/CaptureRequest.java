package dev.berth.platform.capture;

import dev.berth.platform.NamespaceChoice;

/**
 * What to record.
 *
 * @param scrub whether addresses, users and host names become stable pseudonyms
 */
public record CaptureRequest(NamespaceChoice namespaces, boolean scrub) {}
