package dev.berth.linux.nat;

import dev.berth.platform.NatRules.Traffic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of rules.
 *
 * @param table which tool told, and the table it is in: {@code nft ip nat}. Chains call chains of their own table
 * @param scope what its table's family is about
 * @param hook the traffic that starts here, or null where only other chains lead here
 * @param priority the lower the earlier, among the chains of a hook
 */
record Chain(
        String table,
        String name,
        Conditions scope,
        @Nullable Traffic hook,
        int priority,
        List<Step> steps) {
    /** NF_IP_PRI_NAT_DST, linux/netfilter_ipv4.h: when iptables' nat table is asked. */
    static final int PRIORITY_OF_IPTABLES = -100;
}
