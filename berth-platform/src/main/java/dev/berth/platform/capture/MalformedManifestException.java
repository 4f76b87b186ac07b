package dev.berth.platform.capture;

/** A manifest that cannot be understood; the message says why, in lower case. */
final class MalformedManifestException extends Exception {
    MalformedManifestException(String why) {
        super(why);
    }
}
