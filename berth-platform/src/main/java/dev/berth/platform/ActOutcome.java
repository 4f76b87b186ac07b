package dev.berth.platform;

import org.jspecify.annotations.Nullable;

/** How an act went. Only {@link Done} changed anything. */
public sealed interface ActOutcome {
    /** The word for it in documents and logs. */
    default String label() {
        return switch (this) {
            case Done() -> "done";
            case Gone(var _) -> "gone";
            case NotPermitted(var _) -> "notPermitted";
            case NotOnThisSystem(var _) -> "notOnThisSystem";
            case Failed(var _) -> "failed";
        };
    }

    /** What there is to say beyond the word; null where that is all. */
    default @Nullable String detail() {
        return switch (this) {
            case Done() -> null;
            case Gone(String what) -> what;
            case NotPermitted(String needs) -> needs;
            case NotOnThisSystem(String why) -> why;
            case Failed(String why) -> why;
        };
    }

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

    /** It was tried and failed, was refused as unsafe, or was not tried because another had failed. */
    record Failed(String why) implements ActOutcome {}
}
