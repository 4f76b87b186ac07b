package dev.berth.diagnosis;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import dev.berth.net.Protocol;

/** What a {@link Fix} wants of the settings of a host; how that is done, and whether it is safe, is decided by who does it. */
public sealed interface Aim {
    /**
     * Automatic choice is to pass over these ports, and over all that it passes over already.
     *
     * @param protocol whose; Linux keeps one list for both
     */
    record Reserve(PortSet ports, Protocol protocol) implements Aim {
        /** Of TCP, and on Linux of both. */
        public Reserve(PortSet ports) {
            this(ports, Protocol.TCP);
        }
    }

    /**
     * Automatic choice may have these ports again.
     *
     * @param protocol whose; Linux keeps one list for both
     */
    record Release(PortSet ports, Protocol protocol) implements Aim {
        /** Of TCP, and on Linux of both. */
        public Release(PortSet ports) {
            this(ports, Protocol.TCP);
        }
    }

    /**
     * Automatic choice is to draw from this range.
     *
     * @param protocol whose; Linux keeps one range for both
     */
    record Draw(PortRange range, Protocol protocol) implements Aim {
        /** What Linux keeps it in, for both protocols and both families. */
        public static final String SETTING = "net.ipv4.ip_local_port_range";

        /** Of TCP, and on Linux of both. */
        public Draw(PortRange range) {
            this(range, Protocol.TCP);
        }
    }

    /**
     * A setting is to have this value.
     *
     * @param setting as the system's own tools spell it, such as {@code net.ipv4.tcp_tw_reuse}
     */
    record Assign(String setting, String value) implements Aim {}

    /** A setting is to have no value, so that the system's own default applies: a value of the Windows registry. */
    record Remove(String setting) implements Aim {}
}
