package dev.berth.platform;

/**
 * An error of a system call.
 *
 * @param name as the system's header spells it, such as {@code EADDRINUSE}
 * @param number as the system numbers it: 98 on Linux where Windows has 10048
 */
public record SystemError(String name, int number) {
    /** Whether the address is not one of this host: EADDRNOTAVAIL, or WSAEADDRNOTAVAIL, from a bind. */
    public boolean addressIsElsewhere() {
        return name.endsWith("ADDRNOTAVAIL");
    }

    /** Whether it is not permitted: EACCES or EPERM, or WSAEACCES, by which Windows refuses excluded ports and held ones too. */
    public boolean accessDenied() {
        return name.endsWith("EACCES") || name.equals("EPERM");
    }

    /** Whether a socket has the address already: EADDRINUSE, or WSAEADDRINUSE. */
    public boolean addressInUse() {
        return name.endsWith("ADDRINUSE");
    }
}
