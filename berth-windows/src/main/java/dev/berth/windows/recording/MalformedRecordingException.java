package dev.berth.windows.recording;

/** An entry that no recording of Windows has. Its message says what is wrong. */
final class MalformedRecordingException extends Exception {
    MalformedRecordingException(String what) {
        super(what);
    }
}
