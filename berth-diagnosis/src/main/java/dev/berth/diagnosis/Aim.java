package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;

/** What a {@link Fix} wants of the settings of a host; how that is done, and whether it is safe, is decided by who does it. */
public sealed interface Aim {
    /** Automatic choice is to pass over these ports, and over all that it passes over already. */
    record Reserve(PortSet ports) implements Aim {}

    /** Automatic choice may have these ports again. */
    record Release(PortSet ports) implements Aim {}

    /** Automatic choice is to draw from this range. */
    record Draw(PortRange range) implements Aim {
        /** What Linux keeps it in, for both protocols and both families. */
        public static final String SETTING = "net.ipv4.ip_local_port_range";
    }

    /**
     * A setting is to have this value.
     *
     * @param setting as the system's own tools spell it, such as {@code net.ipv4.tcp_tw_reuse}
     */
    record Assign(String setting, String value) implements Aim {}
}
