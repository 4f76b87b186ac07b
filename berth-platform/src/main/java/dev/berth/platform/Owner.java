package dev.berth.platform;

import java.util.List;

/** Who holds a socket. "Nobody" and "not allowed to know" are different answers. */
public sealed interface Owner {
    /**
     * Processes hold it.
     *
     * @param pids in ascending order; several after fork(2), socket activation or descriptor passing
     */
    record Held(List<Integer> pids) implements Owner {
        public Held {
            pids = List.copyOf(pids);
        }
    }

    /** No process was found that holds it. */
    record Nobody(Reason reason) implements Owner {}

    /** Why no process was found. */
    enum Reason {
        /** The kernel keeps it without an owner: TIME_WAIT, an orphaned FIN_WAIT2, a SYN_RECV. */
        KERNEL_HELD("kernelHeld"),
        /** Every process was looked into and none has it: a descriptor in flight, or a socket of the kernel itself. */
        NO_DESCRIPTOR("noDescriptor"),
        /** Windows names no process that lives: none, as for every TIME_WAIT, or one that has ended. */
        NOT_NAMED("notNamed"),
        /** Some processes could not be looked into for want of privilege. */
        NOT_PERMITTED("notPermitted"),
        /** Processes of other pid namespaces cannot be seen from here. */
        OTHER_PID_NAMESPACE("otherPidNamespace"),
        /** Nobody looked: the owners were not asked for, or the search was allowed to stop early. */
        NOT_LOOKED("notLooked");

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The same of a socket in that namespace. Windows names one process for a socket or none: why is more than it tells. */
        public Reason in(NetworkNamespace namespace) {
            return namespace.isOnly() && this != NOT_LOOKED ? NOT_NAMED : this;
        }

        /** The word for it in JSON. */
        public String label() {
            return label;
        }
    }
}
