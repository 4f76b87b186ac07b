package dev.berth.linux.nat;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.ToolReply;
import dev.berth.net.IpAddress;
import dev.berth.platform.Gap;
import dev.berth.platform.NatRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the NAT rules of one network namespace, each once: nftables by nft, the parts of it that belong to iptables and
 * that nft does not spell out by iptables-save, and the older x_tables by their own tool, only where their table is loaded,
 * because asking would load it.
 */
public final class NatReader {
    private static final List<String> NFT = List.of("nft", "-j", "list", "ruleset");
    private static final String WHAT = "NAT rules";

    private final Kernel kernel;
    private final List<Chain> chains = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();

    private NatReader(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Never fails: what cannot be read is named in {@link NatRules#gaps()}. */
    public static NatRules read(Kernel kernel) {
        return new NatReader(kernel).read();
    }

    /** The addresses of the namespace; empty where they cannot be read. */
    public static Set<IpAddress> addresses(Kernel kernel) {
        return new NatReader(kernel).localAddresses();
    }

    private NatRules read() {
        if (mayTranslate()) {
            readNfTables();
            readLegacy("iptables", "/proc/net/ip_tables_names");
            readLegacy("ip6tables", "/proc/net/ip6_tables_names");
        }
        Walk.Found found = Walk.through(chains);
        gaps.addAll(found.gaps());
        return new NatRules(found.rules(), localAddresses(), gaps);
    }

    /**
     * Whether this kernel may have any NAT at all, which needs connection tracking and nf_nat. Where connection tracking is a
     * module, nf_nat is one too, and is listed when it is loaded.
     */
    private boolean mayTranslate() {
        if (text("/proc/sys/net/netfilter/nf_conntrack_max") == null) {
            return hasNatTable("/proc/net/ip_tables_names") || hasNatTable("/proc/net/ip6_tables_names");
        }
        String modules = text("/proc/modules");
        return modules == null || !has(modules, "nf_conntrack") || has(modules, "nf_nat");
    }

    private static boolean has(String modules, String name) {
        return modules.lines().anyMatch(line -> line.startsWith(name + " "));
    }

    private void readNfTables() {
        switch (kernel.tool(NFT)) {
            case ToolReply.Said(String output) -> readRuleset(output);
            case ToolReply.Missing() -> readWithoutNft();
            case ToolReply.Failed(String why) -> gaps.add(new Gap(WHAT, advised(why)));
        }
    }

    private void readRuleset(String output) {
        NftJson.Ruleset ruleset;
        try {
            ruleset = NftJson.parse(output);
        } catch (IllegalArgumentException e) {
            gaps.add(new Gap(WHAT, "what nft prints cannot be read: " + e.getMessage()));
            return;
        }
        var spelledOut = new HashSet<String>();
        for (String table : ruleset.foreign()) {
            String family = table.equals("nft ip nat") ? "iptables" : table.equals("nft ip6 nat") ? "ip6tables" : null;
            String saved = family == null ? null : savedOfNfTables(family);
            if (family != null && saved != null) {
                chains.addAll(IptablesSave.parse(saved, family));
                spelledOut.add(table);
            } else {
                gaps.add(new Gap(
                        "some conditions and targets of the NAT rules in table " + table,
                        "they are iptables' own, which nft does not spell out; "
                                + (family == null ? "no tool lists them" : "install iptables")));
            }
        }
        ruleset.chains().stream()
                .filter(chain -> !spelledOut.contains(chain.table()))
                .forEach(chains::add);
    }

    /** What iptables keeps in nf_tables; null where its tool is missing or another. */
    private @Nullable String savedOfNfTables(String family) {
        for (String tool : List.of(family + "-nft-save", family + "-save")) {
            if (kernel.tool(List.of(tool, "-t", "nat")) instanceof ToolReply.Said(String saved)) {
                if (IptablesSave.isOfNfTables(saved)) {
                    return saved;
                }
            }
        }
        return null;
    }

    private void readWithoutNft() {
        for (String family : List.of("iptables", "ip6tables")) {
            String saved = savedWithoutLoading(family);
            if (saved != null) {
                chains.addAll(IptablesSave.parse(saved, family));
            }
        }
        String modules = text("/proc/modules");
        boolean surelyNone = modules != null && has(modules, "nf_nat") && !has(modules, "nf_tables");
        if (!surelyNone) {
            gaps.add(new Gap(
                    "NAT rules of nftables",
                    "nft is not here, and this kernel translates addresses; install nftables"));
        }
    }

    /** iptables of nf_tables by its full name: the short one may be of x_tables, which loads what it asks for. */
    private @Nullable String savedWithoutLoading(String family) {
        return kernel.tool(List.of(family + "-nft-save", "-t", "nat")) instanceof ToolReply.Said(String saved)
                ? saved
                : null;
    }

    private void readLegacy(String family, String namesFile) {
        if (isDenied(namesFile) && gaps.isEmpty()) {
            gaps.add(new Gap("NAT rules of " + family + " (x_tables)", namesFile + " may not be read: run as root"));
        }
        if (!hasNatTable(namesFile)) {
            return;
        }
        String why =
                "neither " + family + "-legacy-save nor an " + family + "-save of x_tables is here; install iptables";
        for (String tool : List.of(family + "-legacy-save", family + "-save")) {
            switch (kernel.tool(List.of(tool, "-t", "nat"))) {
                case ToolReply.Said(String saved) -> {
                    if (!IptablesSave.isOfNfTables(saved)) {
                        chains.addAll(IptablesSave.parse(saved, family + "-legacy"));
                        return;
                    }
                }
                case ToolReply.Missing() -> {}
                case ToolReply.Failed(String complaint) -> why = advised(complaint);
            }
        }
        gaps.add(new Gap("NAT rules of " + family + " (x_tables)", why));
    }

    private boolean hasNatTable(String namesFile) {
        String names = text(namesFile);
        return names != null && names.lines().anyMatch(line -> line.strip().equals("nat"));
    }

    private boolean isDenied(String path) {
        try {
            kernel.files().read(path);
            return false;
        } catch (IOException e) {
            return e instanceof AccessDeniedException;
        }
    }

    private static String advised(String why) {
        boolean denied = why.contains("not permitted") || why.contains("denied") || why.contains("must be root");
        return denied ? "reading them takes CAP_NET_ADMIN: run as root" : why;
    }

    private Set<IpAddress> localAddresses() {
        var addresses = new HashSet<IpAddress>();
        String v4 = text("/proc/net/fib_trie");
        if (v4 == null) {
            gaps.add(new Gap("the addresses of this host", "/proc/net/fib_trie cannot be read"));
        } else {
            addresses.addAll(LocalAddresses.inFibTrie(v4));
        }
        String v6 = text("/proc/net/if_inet6"); // not there without IPv6
        if (v6 != null) {
            addresses.addAll(LocalAddresses.inIfInet6(v6));
        }
        return addresses;
    }

    private @Nullable String text(String path) {
        try {
            byte[] bytes = kernel.files().read(path);
            return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return null;
        }
    }
}
