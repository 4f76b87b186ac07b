package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.FourTuple;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Takes a port from those who hold it: one connection, one service, or one process at a time. */
public final class EndHolder {
    static final Fix ASK_HTTP_SYS = new Fix(
            "ask-http-sys",
            "the kernel has it, or a driver, and neither can be ended: where it is http.sys, this names the processes behind it",
            "netsh http show servicestate",
            Fix.Risk.NONE,
            false);

    private EndHolder() {}

    /** Destroys connections, at most {@code most} of them; see ss(8) for those of a namespace without a name. */
    static List<Fix> destroy(WhyFacts facts, List<Holder> holders, int most) {
        Set<FourTuple> tuples = new LinkedHashSet<>();
        for (Holder holder : holders) {
            boolean bound = holder.cause() == Cause.LISTENER || holder.cause() == Cause.BOUND_ONLY;
            if (bound || facts.boundByNumber().contains(holder.id().cookie())) {
                return List.of(); // the port would stay held
            }
            Endpoint remote = holder.remote();
            if (remote != null) {
                tuples.add(new FourTuple(holder.local(), remote));
            }
        }
        boolean possible = facts.protocol() == Protocol.TCP && (facts.linux() || ofIpv4(tuples));
        if (!possible || tuples.isEmpty() || tuples.size() > most) {
            return List.of();
        }
        boolean kernelAlone = holders.stream().allMatch(holder -> holder.inode() == 0);
        return List.of(destroy(FreeLine.of(facts), tuples, kernelAlone ? "" : "; the process lives on"));
    }

    /** Windows ends no other by itself: SetTcpEntry of iphlpapi takes a row of the IPv4 table. */
    private static boolean ofIpv4(Set<FourTuple> tuples) {
        return tuples.stream().allMatch(tuple -> tuple.local().address().isV4());
    }

    /** Destroys one connection of a process. */
    public static Fix destroy(FreeLine line, FourTuple tuple) {
        return destroy(line, Set.of(tuple), "; the process lives on");
    }

    private static Fix destroy(FreeLine line, Set<FourTuple> tuples, String comfort) {
        return new Fix(
                "destroy-connection",
                "destroy %s%s (needs %s)"
                        .formatted(
                                tuples.size() == 1 ? "that one connection" : "those " + tuples.size() + " connections",
                                comfort,
                                line.onWindows()
                                        ? "an administrator"
                                        : "CAP_NET_ADMIN and a kernel with CONFIG_INET_DIAG_DESTROY"),
                line.by("destroy", null),
                Fix.Risk.MEDIUM,
                false);
    }

    /** Ends the services the holders belong to, and of processes that share a socket the one that started first. */
    static List<Fix> stop(WhyFacts facts, List<Holder> holders) {
        FreeLine line = FreeLine.of(facts);
        List<ProcessFamily> families = ProcessFamily.of(holders);
        boolean alone = families.size() == 1 && everyHolderEnds(holders); // else one way does not suit them all
        var fixes = new LinkedHashSet<Fix>(); // processes of one service stop it once
        for (Holder holder : holders) {
            if (line.onWindows() && holder.ofTheSystem()) {
                fixes.add(ASK_HTTP_SYS);
            } else if (holder.process() != null) {
                fixes.addAll(stopService(line, alone, holder.process()));
            }
        }
        for (ProcessFamily family : families) {
            fixes.add(family.sharesWithTheSystem(holders) ? notAlone(family) : end(line, alone, family));
        }
        return List.copyOf(fixes);
    }

    private static boolean everyHolderEnds(List<Holder> holders) {
        boolean listener = holders.stream().anyMatch(holder -> holder.cause() == Cause.LISTENER);
        return holders.stream().allMatch(holder -> holder.process() != null || listener && holder.accepted());
    }

    private static Fix notAlone(ProcessFamily family) {
        ProcessInfo first = family.first();
        return new Fix(
                "end-process",
                "ending %s (pid %d) alone does not free the port: process 1 holds the same socket and must close it"
                        .formatted(first.name(), first.pid()),
                null,
                Fix.Risk.MEDIUM,
                false);
    }

    /** Ends the service that {@code process} belongs to, or the process alone. */
    public static List<Fix> stop(FreeLine line, ProcessInfo process) {
        var fixes = new ArrayList<Fix>(stopService(line, true, process));
        if (mayEnd(process, line.onWindows())) {
            fixes.add(end(line, true, new ProcessFamily(process, List.of())));
        }
        return fixes;
    }

    private static boolean mayEnd(ProcessInfo process, boolean onWindows) {
        return process.pid() > (onWindows ? Holder.WINDOWS_KERNEL : 1);
    }

    private static List<Fix> stopService(FreeLine line, boolean alone, ProcessInfo process) {
        String unit = OwnService.of(process);
        String otherwise = unit == null || line.onWindows() ? null : "systemctl stop " + quoted(unit);
        return unit == null
                ? List.of()
                : List.of(new Fix(
                        "stop-unit",
                        "stop the service " + unit,
                        line.by(alone ? "stop" : null, otherwise),
                        Fix.Risk.MEDIUM,
                        false));
    }

    /** Starts the service that {@code process} belongs to anew; ends the process where it has none. */
    public static List<Fix> restart(ProcessInfo process, Settings settings) {
        boolean onWindows = settings.ofWindows();
        String unit = OwnService.of(process);
        if (unit == null) {
            return mayEnd(process, onWindows) ? List.of(end(process, onWindows)) : List.of();
        }
        return List.of(new Fix(
                "restart-unit",
                "start the service " + unit + " anew: its sockets are closed; what is wrong with the program stays",
                onWindows
                        ? "powershell -Command Restart-Service -Name '" + unit.replace("'", "''") + "'"
                        : "systemctl restart " + quoted(unit),
                Fix.Risk.MEDIUM,
                false));
    }

    /** Ends a process for what it does, and not for a port it holds. */
    private static Fix end(ProcessInfo process, boolean onWindows) {
        if (onWindows) {
            return new Fix(
                    "end-process",
                    "end " + process.name() + " (pid " + process.pid() + ") the way it is meant to be ended",
                    null,
                    Fix.Risk.MEDIUM,
                    false);
        }
        return new Fix(
                "end-process",
                "ask " + process.name() + " (pid " + process.pid() + ") to end (SIGTERM)",
                "kill " + process.pid(),
                Fix.Risk.MEDIUM,
                false);
    }

    private static Fix end(FreeLine line, boolean alone, ProcessFamily family) {
        ProcessInfo first = family.first();
        if (line.onWindows()) {
            return new Fix(
                    "end-process",
                    "terminate %s (pid %d)%s: Windows has no signal that asks, and what it has not written is lost"
                            .formatted(
                                    first.name(), first.pid(), first.startedAt() == null ? " as an administrator" : ""),
                    line.by(alone ? "signal --force" : null, null),
                    Fix.Risk.HIGH,
                    false);
        }
        String withIt = switch (family.others()) {
            case 0 -> "";
            case 1 -> "; the process that shares its socket usually ends with it";
            default -> "; the " + family.others() + " processes that share its sockets usually end with it";
        };
        return new Fix(
                "end-process",
                "ask " + first.name() + " (pid " + first.pid() + ") to end (SIGTERM)" + withIt,
                line.by(alone ? "signal" : null, "kill " + first.pid()),
                Fix.Risk.MEDIUM,
                false);
    }

    /** As one word of a shell. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9@._:/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
