package dev.berth.net.rule;

import dev.berth.net.rule.BindPrediction.Conflict;
import java.util.List;

/** What becomes of a TCP connect on this side: whether there is a local port for it. Nothing is said of the other end. */
public sealed interface ConnectPrediction {
    /**
     * There is a port.
     *
     * @param left how many it may come to have: 1 for a port given by number
     */
    record Allowed(int left) implements ConnectPrediction {}

    /**
     * There is none.
     *
     * @param step the call that fails
     * @param bindMayFailFirst whether the bind before it may fail already, which depends on what is unknown
     * @param conflicts the sockets in the way of a port given by number; none where there are too many to name
     */
    record Refused(Step step, boolean bindMayFailFirst, BindError error, Clause clause, List<Conflict> conflicts)
            implements ConnectPrediction {
        public Refused {
            conflicts = List.copyOf(conflicts);
        }
    }

    /**
     * There is a port if what is unknown turns out well, and otherwise it fails as said.
     *
     * @param on what is unknown; none where it is chance, or about sockets on too many ports to name
     */
    record Depends(List<Unknown> on, Refused otherwise) implements ConnectPrediction {
        public Depends {
            on = List.copyOf(on);
        }
    }

    /** The call that fails: the same exhaustion is another error from each. */
    enum Step {
        BIND,
        CONNECT
    }
}
