package dev.berth.linux.nat;

import dev.berth.linux.kernel.Kernel;
import dev.berth.linux.kernel.ToolReply;
import dev.berth.net.IpAddress;
import dev.berth.platform.Gap;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NatRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the NAT rules of one network namespace, each once: nftables by nft, the parts of it that belong to iptables and
 * that nft does not spell out by iptables-save, and the older x_tables by their own tool, only where their table is loaded,
 * because asking would load it. IPVS sends traffic elsewhere too, which is told and not read; eBPF programs and TPROXY are
 * not seen.
 */
public final class NatReader {
    private static final List<String> NFT = List.of("nft", "-j", "list", "ruleset");
    private static final String WHAT = "NAT rules";
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final Duration TOGETHER = Duration.ofSeconds(15);

    private final Kernel kernel;
    private final NatSupport support;
    private final List<Chain> chains = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Duration left;

    private NatReader(Kernel kernel, Duration together) {
        this.kernel = kernel;
        this.left = together;
        this.support = new NatSupport(kernel.files());
    }

    /** Never fails: what cannot be read is named in {@link NatRules#gaps()}. */
    public static NatRules read(Kernel kernel) {
        return read(kernel, TOGETHER);
    }

    /** @param together what all tools may take */
    static NatRules read(Kernel kernel, Duration together) {
        return new NatReader(kernel, together).read();
    }

    private NatRules read() {
        if (support.mayTranslate()) {
            readNfTables();
            readLegacy("iptables", NatSupport.V4_TABLES);
            readLegacy("ip6tables", NatSupport.V6_TABLES);
        }
        tellOfVirtualServices();
        Walk.Found found = Walk.through(chains);
        gaps.addAll(found.gaps());
        return new NatRules(found.rules(), localAddresses(), gaps);
    }

    private ToolReply tool(List<String> command) {
        if (left.isZero()) {
            return new ToolReply.Failed(command.getFirst() + " was not run: the tools before it took too long");
        }
        long start = System.nanoTime();
        ToolReply reply = kernel.tool(command, left.compareTo(EACH) < 0 ? left : EACH);
        Duration after = left.minusNanos(System.nanoTime() - start);
        left = after.isNegative() ? Duration.ZERO : after;
        return reply;
    }

    private void readNfTables() {
        switch (tool(NFT)) {
            case ToolReply.Said(String output) -> readRuleset(output);
            case ToolReply.Missing() -> {
                if (support.mayHaveNfTables()) {
                    gaps.add(new Gap(
                            "NAT rules of nftables",
                            "nft is not here, and this kernel can translate addresses; install nftables"));
                }
                readIptablesAlone();
            }
            case ToolReply.Failed(String why) -> {
                gaps.add(new Gap(WHAT, advised(why)));
                if (!isDenial(why)) {
                    readIptablesAlone();
                }
            }
        }
    }

    private void readRuleset(String output) {
        NftJson.Ruleset ruleset;
        try {
            ruleset = NftJson.parse(output);
        } catch (IllegalArgumentException e) {
            gaps.add(new Gap(WHAT, "what nft prints cannot be read: " + e.getMessage()));
            readIptablesAlone();
            return;
        }
        var spelledOut = new HashSet<String>();
        for (String table : ruleset.foreign()) {
            String family = table.equals("nft ip nat") ? "iptables" : table.equals("nft ip6 nat") ? "ip6tables" : null;
            ToolReply reply = family == null ? new ToolReply.Failed("no tool lists them") : savedOfNfTables(family);
            String lack = switch (reply) {
                case ToolReply.Said(String saved) -> {
                    chains.addAll(IptablesSave.parse(saved, Objects.requireNonNull(family)));
                    spelledOut.add(table);
                    yield null;
                }
                case ToolReply.Missing() ->
                    family + "-save does not list them either: install iptables of this version";
                case ToolReply.Failed(String why) -> advised(why);
            };
            if (lack != null) {
                gaps.add(new Gap(
                        "some conditions and targets of the NAT rules in table " + table,
                        "they are iptables' own, which nft does not spell out; " + lack));
            }
        }
        ruleset.chains().stream()
                .filter(chain -> !spelledOut.contains(chain.table()))
                .forEach(chains::add);
    }

    /** What iptables keeps in nf_tables; missing, too, where its tool is another. */
    private ToolReply savedOfNfTables(String family) {
        ToolReply none = new ToolReply.Missing();
        for (String tool : List.of(family + "-nft-save", family + "-save")) {
            switch (tool(List.of(tool, "-t", "nat"))) {
                case ToolReply.Said reply -> {
                    if (IptablesSave.isOfNfTables(reply.output()) && IptablesSave.hasNat(reply.output())) {
                        return reply;
                    }
                }
                case ToolReply.Failed reply -> none = reply;
                case ToolReply.Missing() -> {}
            }
        }
        return none;
    }

    private void readIptablesAlone() {
        for (String family : List.of("iptables", "ip6tables")) {
            String saved = savedWithoutLoading(family);
            if (saved != null) {
                chains.addAll(IptablesSave.parse(saved, family));
            }
        }
    }

    /** iptables of nf_tables by its full name: the short one may be of x_tables, which loads what it asks for. */
    private @Nullable String savedWithoutLoading(String family) {
        return tool(List.of(family + "-nft-save", "-t", "nat")) instanceof ToolReply.Said(String saved) ? saved : null;
    }

    private void readLegacy(String family, String namesFile) {
        if (support.isDenied(namesFile) && gaps.isEmpty()) {
            gaps.add(new Gap("NAT rules of " + family + " (x_tables)", namesFile + " may not be read: run as root"));
        }
        if (!support.listsNat(namesFile)) {
            return;
        }
        String why =
                "neither " + family + "-legacy-save nor an " + family + "-save of x_tables is here; install iptables";
        for (String tool : List.of(family + "-legacy-save", family + "-save")) {
            switch (tool(List.of(tool, "-t", "nat"))) {
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

    /** {@code /proc/net/ip_vs}, net/netfilter/ipvs/ip_vs_ctl.c: a line for each service, and one below for each server. */
    private void tellOfVirtualServices() {
        String services = support.text("/proc/net/ip_vs");
        long count = services == null
                ? 0
                : services.lines()
                        .filter(line -> line.startsWith("TCP") || line.startsWith("UDP") || line.startsWith("FWM"))
                        .count();
        if (count > 0) {
            gaps.add(new Gap(
                    "the ports of " + count + (count == 1 ? " service of IPVS" : " services of IPVS"),
                    "they take traffic before a socket does, and Berth does not read them; see ipvsadm -Ln"));
        }
    }

    private static String advised(String why) {
        return isDenial(why) ? "reading them takes CAP_NET_ADMIN: run as root" : why;
    }

    private static boolean isDenial(String why) {
        return why.contains("not permitted") || why.contains("denied") || why.contains("must be root");
    }

    private Set<IpAddress> localAddresses() {
        try {
            return LocalAddresses.read(kernel.files());
        } catch (HostReadException e) {
            gaps.add(new Gap("the addresses of this host", e.why()));
            return Set.of();
        }
    }
}
