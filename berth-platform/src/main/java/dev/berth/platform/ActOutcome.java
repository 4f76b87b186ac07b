package dev.berth.platform;

/** How an act went. Only {@link Done} changed anything. */
public sealed interface ActOutcome {
    /** It was done. */
    record Done() implements ActOutcome {}

    /** What it was for was no more, or had become another in the meantime: nothing was done. */
    record Gone(String what) implements ActOutcome {}

    /**
     * The system did not permit it.
     *
     * @param needs what would permit it, such as {@code CAP_NET_ADMIN}
     */
    record NotPermitted(String needs) implements ActOutcome {}

    /** This system has no such act, or lacks a part of it. */
    record NotOnThisSystem(String why) implements ActOutcome {}

    /** It was tried and failed, or was refused as unsafe. */
    record Failed(String why) implements ActOutcome {}
}
