package dev.berth.net.rule;

/** Foretells what a system answers to a bind. Asks nobody, changes nothing; safe for use by several threads. */
public interface BindRule {
    /** Linux, as 6.18 answers; see {@link LinuxBindRule#deviations} for versions that are known to differ. */
    LinuxBindRule LINUX = new LinuxBindRule();

    /** Windows since Server 2003, as its documentation says; not tried on a machine. */
    BindRule WINDOWS = new WindowsBindRule();

    /** Foretells the bind of {@code wanted} to a port in this state. */
    BindPrediction predict(WantedBind wanted, PortState port);
}
