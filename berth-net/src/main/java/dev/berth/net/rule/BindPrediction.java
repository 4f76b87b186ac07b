package dev.berth.net.rule;

import java.util.List;

/** What a bind will come to. */
public sealed interface BindPrediction {
    /** It succeeds. */
    record Allowed() implements BindPrediction {}

    /**
     * It fails.
     *
     * @param clause why: the first reason, where there are several
     * @param conflicts the sockets in the way, each of which would be enough; none where the system itself keeps the port
     */
    record Refused(BindError error, Clause clause, List<Conflict> conflicts) implements BindPrediction {
        public Refused {
            conflicts = List.copyOf(conflicts);
        }

        /** For the sockets in the way, of which there is one at least. */
        static Refused by(BindError error, List<Conflict> conflicts) {
            return new Refused(error, conflicts.get(0).clause(), conflicts);
        }
    }

    /**
     * It succeeds if what is unknown turns out well, and otherwise fails as said.
     *
     * @param on what is unknown, and only what decides
     */
    record Depends(List<Unknown> on, Refused otherwise) implements BindPrediction {
        public Depends {
            on = List.copyOf(on);
        }
    }

    /**
     * A socket in the way.
     *
     * @param holding its index in {@link PortState#holdings}
     */
    record Conflict(int holding, Clause clause, Overlap overlap) {}
}
