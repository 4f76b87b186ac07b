package dev.berth.diagnosis;

import dev.berth.platform.Settings;
import dev.berth.platform.Tunable;

/** Where the ports begin that need no privilege. Linux refuses a dynamic range that begins below, and the other way round. */
public final class FirstUnprivileged {
    public static final String SETTING = "net.ipv4.ip_unprivileged_port_start";

    /** The kernel's default, RFC 6335 section 6. */
    public static final int DEFAULT = 1_024;

    private FirstUnprivileged() {}

    /** As the next start sets it. */
    public static int atNextStart(Settings settings) {
        Tunable tunable = settings.tunables().get(SETTING);
        Tunable.Assignment assignment = tunable == null ? null : tunable.persistent();
        return assignment != null && assignment.value().matches("[0-9]{1,5}")
                ? Integer.parseInt(assignment.value())
                : DEFAULT;
    }
}
