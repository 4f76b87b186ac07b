package dev.berth.linux.kernel;

/** sock_diag is not to be had here; the message says why, in lower case. */
public final class DiagRefusedException extends Exception {
    public DiagRefusedException(String why) {
        super(why);
    }
}
