package dev.berth.remedy.free;

import java.util.List;

/** What would get a port free. */
public sealed interface FreePlan {
    /** It is free: nothing is to be done. */
    record Nothing() implements FreePlan {}

    /**
     * Nothing can be done, or may be.
     *
     * @param why the reason, starting in lower case, without a full stop
     * @param next what the reader can do instead: a command or an instruction
     */
    record Refused(Kind kind, String why, String next) implements FreePlan {
        /** What kind of refusal this is, and so which exit code it becomes. */
        public enum Kind {
            /** More privilege would do. */
            NOT_PERMITTED,
            /** It cannot be done here, or would be unsafe. */
            NOT_POSSIBLE
        }
    }

    /** What is to be done, in this order, while the port is still held. */
    record Steps(List<Step> steps) implements FreePlan {
        public Steps {
            steps = List.copyOf(steps);
        }
    }

    static FreePlan of(Situation situation, FreeOptions options) {
        return new Planning(situation, options).plan();
    }
}
