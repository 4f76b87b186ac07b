package dev.berth.remedy.free;

import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.ProcessFamily;
import java.time.Duration;
import java.util.List;

/** One step of a plan; done only while the port is still held. */
public sealed interface Step {
    /** Whom it is for. */
    List<Holder> holders();

    Way way();

    /**
     * Waits for closed connections to run out.
     *
     * @param longest what the last of them has left
     */
    record Wait(List<Holder> holders, Duration longest) implements Step {
        public Wait {
            holders = List.copyOf(holders);
        }

        @Override
        public Way way() {
            return Way.WAIT;
        }
    }

    /**
     * Ends connections, one by one.
     *
     * @param leftovers whether they end with a process that an earlier step ends, so that this is only for what they
     *     leave behind
     */
    record Destroy(List<Holder> holders, boolean leftovers) implements Step {
        public Destroy {
            holders = List.copyOf(holders);
        }

        @Override
        public Way way() {
            return Way.DESTROY;
        }
    }

    /** Has the service manager stop a service. */
    record Stop(String unit, List<Holder> holders) implements Step {
        public Stop {
            holders = List.copyOf(holders);
        }

        @Override
        public Way way() {
            return Way.STOP;
        }
    }

    /**
     * Asks the first of a family to end.
     *
     * @param force whether those that still hold the port after the grace are killed, one by one
     */
    record Signal(ProcessFamily family, List<Holder> holders, Duration grace, boolean force) implements Step {
        public Signal {
            holders = List.copyOf(holders);
        }

        @Override
        public Way way() {
            return Way.SIGNAL;
        }
    }
}
