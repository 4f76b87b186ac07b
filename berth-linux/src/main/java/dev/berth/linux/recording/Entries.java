package dev.berth.linux.recording;

import dev.berth.linux.kernel.DiagTable;
import dev.berth.platform.SocketQuery;
import dev.berth.platform.SocketQuery.PortOrigin;
import java.util.List;
import java.util.Locale;

/**
 * Where each reply is in a capture. Files have their own paths; what differs between network namespaces is below
 * {@code netns/INODE/}; what could not be read has its reason in the place of its content, below {@code refused/}.
 */
final class Entries {
    /** {@code little} or {@code big}: the order of bytes in the kernel's numbers. */
    static final String BYTE_ORDER = "byte-order";

    /** A line {@code PID INODE} for each descriptor that is a socket, {@code PID hidden} for a process that hides them. */
    static final String DESCRIPTORS = "descriptors";

    private Entries() {}

    static String file(long namespace, String path) {
        return place(namespace, path) + path.substring(1);
    }

    /** The names in a directory, each ended by a NUL. */
    static String listing(long namespace, String directory) {
        return place(namespace, directory) + "listing" + directory;
    }

    static String table(long namespace, DiagTable table, SocketQuery query) {
        String name = table.name().toLowerCase(Locale.ROOT).replace('_', '-');
        return "netns/" + namespace + "/sock_diag/" + name
                + (query.origin() == PortOrigin.EXPLICIT ? "-explicit" : "")
                + (query.times() ? "-times" : "");
    }

    /** What a program printed, by its name and arguments. */
    static String tool(long namespace, List<String> command) {
        return "netns/" + namespace + "/tools/" + String.join("_", command);
    }

    /** There, and empty, where the namespace was not the recorder's own. */
    static String foreign(long namespace) {
        return "netns/" + namespace + "/foreign";
    }

    /**
     * The reason why the reply of that name is not there; empty where permission was denied, or where there was no such
     * program.
     */
    static String refused(String entry) {
        return "refused/" + entry;
    }

    static boolean differsBetweenNamespaces(String path) {
        return path.startsWith("/proc/net/") || path.startsWith("/proc/sys/net/");
    }

    private static String place(long namespace, String path) {
        return differsBetweenNamespaces(path) ? "netns/" + namespace + "/" : "";
    }
}
