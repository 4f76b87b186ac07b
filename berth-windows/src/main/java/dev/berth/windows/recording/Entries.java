package dev.berth.windows.recording;

import dev.berth.windows.system.SocketTable;
import java.util.Locale;

/** Where each reply is in a capture. A table that is not there was none; what was refused has its error below {@code refused/}. */
final class Entries {
    static final String PROCESSES = "processes.json";
    static final String SERVICES = "services.json";
    static final String REGISTRY = "registry.json";
    static final String PROGRAMS = "programs.json";
    static final String ADDRESSES = "addresses.json";
    static final String SOURCES = "sources.json";

    private Entries() {}

    /** Such as {@code sockets/tcp-ipv4-owner-module}. */
    static String table(SocketTable table) {
        return "sockets/" + table.protocol().label()
                + (table.v6() ? "-ipv6-" : "-ipv4-")
                + table.rows().name().toLowerCase(Locale.ROOT).replace('_', '-')
                + (table.bound() ? "-bound" : "");
    }

    static String refused(String entry) {
        return "refused/" + entry;
    }
}
