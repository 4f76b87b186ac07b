package dev.berth.net.rule;

import java.util.List;

/** What a bind will come to. */
public sealed interface BindPrediction {
    /** It succeeds. */
    record Allowed() implements BindPrediction {}

    /**
     * It fails.
     *
     * @param conflicts the sockets in the way, each of which would be enough; none where the system itself keeps the port
     */
    record Refused(BindError error, List<Conflict> conflicts) implements BindPrediction {
        public Refused {
            conflicts = List.copyOf(conflicts);
        }

        /** Why it fails: the first reason, where there are several. */
        public Clause clause() {
            return conflicts.isEmpty()
                    ? Clause.WINDOWS_EXCLUDED_RANGE
                    : conflicts.get(0).clause();
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
