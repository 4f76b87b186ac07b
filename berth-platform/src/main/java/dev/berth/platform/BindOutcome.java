package dev.berth.platform;

/** How a bind that was tried went. */
public sealed interface BindOutcome {
    /** The port was bound, and let go again. */
    record Bound() implements BindOutcome {}

    /** The system refused. */
    record Refused(SystemError error) implements BindOutcome {}

    /** It was not tried. */
    record NotTried(String why) implements BindOutcome {
        /** Whether the system has no such addresses, as without IPv6: socket(2) says so before there is a bind. */
        public boolean lacksAddressFamily() {
            return why.contains("EAFNOSUPPORT");
        }
    }
}
