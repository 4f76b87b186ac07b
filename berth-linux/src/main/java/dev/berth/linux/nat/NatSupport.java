package dev.berth.linux.nat;

import dev.berth.linux.kernel.KernelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import org.jspecify.annotations.Nullable;

/** What the files of {@code /proc} say about which kinds of NAT a kernel may have, so that no tool is missed in vain. */
final class NatSupport {
    /** The tables of x_tables that are loaded; readable by root. */
    static final String V4_TABLES = "/proc/net/ip_tables_names";

    static final String V6_TABLES = "/proc/net/ip6_tables_names";

    private final KernelFiles files;

    NatSupport(KernelFiles files) {
        this.files = files;
    }

    /**
     * Whether there may be any NAT at all, which needs connection tracking and nf_nat. Where connection tracking is a module,
     * nf_nat is one too, and is listed when it is loaded. Some kernels hide the settings of connection tracking in the
     * namespaces of users without privilege, so its counters are looked for too.
     */
    boolean mayTranslate() {
        String modules = text("/proc/modules");
        if (modules != null && (lists(modules, "nf_nat") || lists(modules, "nf_conntrack"))) {
            return lists(modules, "nf_nat");
        }
        return text("/proc/sys/net/netfilter/nf_conntrack_max") != null
                || text("/proc/net/stat/nf_conntrack") != null
                || listsNat(V4_TABLES)
                || listsNat(V6_TABLES);
    }

    /** Whether nf_tables may be there: unknown, and so yes, without a list of modules or where NAT is built in. */
    boolean mayHaveNfTables() {
        String modules = text("/proc/modules");
        return modules == null || !lists(modules, "nf_nat") || lists(modules, "nf_tables");
    }

    private static boolean lists(String modules, String name) {
        return modules.lines().anyMatch(line -> line.startsWith(name + " "));
    }

    /** Whether table nat is loaded. */
    boolean listsNat(String tablesFile) {
        String names = text(tablesFile);
        return names != null && names.lines().anyMatch(line -> line.strip().equals("nat"));
    }

    boolean isDenied(String path) {
        try {
            files.read(path);
            return false;
        } catch (IOException e) {
            return e instanceof AccessDeniedException;
        }
    }

    /** The text of a file; null where it is not there or cannot be read. */
    @Nullable
    String text(String path) {
        try {
            byte[] bytes = files.read(path);
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
