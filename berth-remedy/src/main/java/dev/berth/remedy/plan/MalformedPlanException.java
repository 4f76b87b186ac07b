package dev.berth.remedy.plan;

/** A file is no plan that Berth can carry out; the message says where in it and why, fit for a person. */
public final class MalformedPlanException extends Exception {
    public MalformedPlanException(String message) {
        super(message);
    }
}
