package dev.berth.diagnosis;

import dev.berth.net.TcpState;
import dev.berth.net.rule.Flag;
import dev.berth.net.rule.Holding;
import dev.berth.net.rule.Origin;
import dev.berth.net.rule.Sharing;
import dev.berth.platform.SocketFlags;
import java.util.List;

/** Holders of a port in the words of the rules. */
public final class Holdings {
    private Holdings() {}

    /** One for each holder, in the same order. */
    public static List<Holding> of(List<Holder> holders) {
        return holders.stream().map(Holdings::of).toList();
    }

    private static Holding of(Holder holder) {
        return new Holding(
                holder.state(),
                holder.local().address(),
                holder.remote(),
                v6Only(holder),
                sharing(holder),
                holder.uid() == null ? null : holder.uid().toString(),
                holder.id().device(),
                Origin.UNKNOWN);
    }

    private static Sharing sharing(Holder holder) {
        return holder.flags() instanceof SocketFlags.Read flags
                ? Sharing.linux(flags.reuseAddress(), flags.reusePort())
                : Sharing.UNKNOWN;
    }

    private static Flag v6Only(Holder holder) {
        if (holder.flags() instanceof SocketFlags.Read flags) {
            return Flag.of(flags.v6Only());
        }
        if (holder.netns().isOnly()) {
            return Flag.UNKNOWN; // no table of Windows tells
        }
        boolean told = holder.state() == TcpState.LISTEN || holder.state() == TcpState.BOUND;
        return holder.v6Only() ? Flag.SET : told && holder.id().cookie() != 0 ? Flag.CLEAR : Flag.UNKNOWN;
    }
}
