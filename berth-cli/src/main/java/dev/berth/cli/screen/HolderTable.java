package dev.berth.cli.screen;

import dev.berth.diagnosis.Holder;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The sockets on one port and who holds them; connections that a listener there accepted are counted, not listed. */
final class HolderTable {
    private static final int MOST_ACCEPTED = 3;
    private static final int MOST_ROWS = 20;

    private HolderTable() {}

    static void print(Page page, List<Holder> holders) {
        Set<Holder> accepted = new HashSet<>();
        for (Holder holder : holders) {
            if (holder.accepted()) {
                accepted.add(holder);
            }
        }
        boolean group = accepted.size() > MOST_ACCEPTED;
        boolean severalNamespaces = false;
        for (Holder holder : holders) {
            severalNamespaces |= !holder.netns().equals(holders.getFirst().netns());
        }
        var grid = severalNamespaces
                ? new Grid("NETNS", "STATE", "LOCAL", "REMOTE", "HELD BY")
                : new Grid("STATE", "LOCAL", "REMOTE", "HELD BY");
        int left = 0;
        int shown = 0;
        for (Holder holder : holders) {
            if (group && holder.accepted()) {
                continue;
            }
            if (shown == MOST_ROWS) {
                left++;
                continue;
            }
            shown++;
            String state = holder.state().name();
            String local = holder.local().toString();
            String remote = holder.remote() == null ? "-" : holder.remote().toString();
            if (severalNamespaces) {
                grid.row(Escaped.text(holder.netns().toString()), state, local, remote, owner(holder));
            } else {
                grid.row(state, local, remote, owner(holder));
            }
        }
        grid.print(page, 2);
        if (group) {
            page.line("  + " + Figures.count(accepted.size()) + " connections accepted by it (--json lists them)");
        }
        if (left > 0) {
            page.line("  + " + Figures.count(left) + " more (--json lists them all)");
        }
    }

    /** Who it is, or why nobody is known, in a few words. */
    static String owner(Holder holder) {
        ProcessInfo process = holder.process();
        if (process != null) {
            return describe(process);
        }
        Integer expires = holder.expiresInMillis();
        if (expires != null) {
            return "the kernel, for " + Figures.decimal(expires / 1000.0) + " s more";
        }
        return holder.noProcess() == null ? "a process that has ended" : nobody(holder.noProcess());
    }

    static String describe(ProcessInfo process) {
        var text = new StringBuilder().append(name(process));
        if (process.user() != null) {
            text.append(", user ").append(Escaped.text(process.user()));
        }
        if (process.unit() != null) {
            text.append(", ").append(Escaped.text(process.unit()));
        }
        if (process.container() != null) {
            String id = Escaped.text(process.container());
            text.append(", container ").append(id, 0, Math.min(id.length(), 12));
        }
        return text.toString();
    }

    /** {@code java (4242)}. */
    static String name(ProcessInfo process) {
        return Escaped.text(process.name()) + " (" + process.pid() + ")";
    }

    static String nobody(Owner.Reason reason) {
        return switch (reason) {
            case KERNEL_HELD -> "the kernel alone";
            case NO_DESCRIPTOR -> "no process has it open";
            case NOT_PERMITTED -> "a process hidden from here";
            case OTHER_PID_NAMESPACE -> "a process of another pid namespace";
            case NOT_LOOKED -> "not looked for";
        };
    }
}
