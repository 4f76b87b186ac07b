package dev.berth.remedy.json;

/** Text is not JSON, or has something else than belongs there; the message says where and is fit for a person. */
public final class MalformedJsonException extends Exception {
    public MalformedJsonException(String message) {
        super(message);
    }
}
