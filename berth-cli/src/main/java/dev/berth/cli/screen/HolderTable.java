package dev.berth.cli.screen;

import dev.berth.diagnosis.Holder;
import dev.berth.platform.Owner;
import dev.berth.platform.ProcessInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sockets on one port and who holds them; connections that a listener there accepted are counted, not listed. */
final class HolderTable {
    private static final int MOST_ACCEPTED = 3;
    private static final int MOST_ROWS = 20;

    private HolderTable() {}

    /** What is shown of a holder. A process that holds several sockets of the same address shows them in one line. */
    private record Line(String netns, String state, String local, String remote, String owner) {
        static Line of(Holder holder) {
            return new Line(
                    Escaped.text(holder.netns().toString()),
                    holder.state().name(),
                    holder.local().toString(),
                    holder.remote() == null ? "-" : holder.remote().toString(),
                    HolderTable.owner(holder));
        }

        String heldBy(int sockets) {
            return sockets == 1 ? owner : owner + ", " + Figures.count(sockets) + " sockets";
        }
    }

    static void print(Page page, List<Holder> holders) {
        Set<Holder.Socket> accepted = new HashSet<>(); // several processes may have the same
        for (Holder holder : holders) {
            if (holder.accepted()) {
                accepted.add(holder.socket());
            }
        }
        boolean group = accepted.size() > MOST_ACCEPTED;
        boolean severalNamespaces = false;
        Map<Line, Integer> lines = new LinkedHashMap<>();
        for (Holder holder : holders) {
            severalNamespaces |= !holder.netns().equals(holders.getFirst().netns());
            if (!(group && holder.accepted())) {
                Line line = Line.of(holder);
                lines.put(line, lines.getOrDefault(line, 0) + 1);
            }
        }
        var grid = severalNamespaces
                ? new Grid("NETNS", "STATE", "LOCAL", "REMOTE", "HELD BY")
                : new Grid("STATE", "LOCAL", "REMOTE", "HELD BY");
        int left = 0;
        int shown = 0;
        for (Map.Entry<Line, Integer> entry : lines.entrySet()) {
            Line line = entry.getKey();
            int sockets = entry.getValue();
            if (shown == MOST_ROWS) {
                left += sockets;
                continue;
            }
            shown++;
            if (severalNamespaces) {
                grid.row(line.netns, line.state, line.local, line.remote, line.heldBy(sockets));
            } else {
                grid.row(line.state, line.local, line.remote, line.heldBy(sockets));
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
            case NOT_NAMED -> "Windows names no living process";
            case NOT_PERMITTED -> "a process hidden from here";
            case OTHER_PID_NAMESPACE -> "a process of another pid namespace";
            case NOT_LOOKED -> "not looked for";
        };
    }
}
