package dev.berth.remedy.free;

import dev.berth.diagnosis.Cause;
import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.log.Act;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says plans in plain text. Names of processes are left as they are: whoever prints them escapes them. */
public final class FreeWording {
    private static final int MOST_NAMED = 5;

    private FreeWording() {}

    /** What a step does: a phrase that starts with a verb. */
    public static String what(Step step) {
        return switch (step) {
            case Step.Wait(var holders, Duration longest) ->
                "wait up to %d s for %s to run out (the kernel's timer may take 2 s more)"
                        .formatted(seconds(longest), sockets(holders));
            case Step.Destroy(var holders, boolean leftovers) ->
                leftovers
                        ? "where it still holds the port then, destroy " + sockets(holders)
                        : "destroy " + sockets(holders);
            case Step.Stop(String unit, var _) ->
                "stop the service " + unit + (onWindows(step) ? "" : " (systemctl stop)");
            case Step.Signal(var family, var _, Duration grace, boolean force) ->
                onWindows(step)
                        ? "ask %s to close its windows and give it %d s; "
                                        .formatted(who(family.first()), seconds(grace))
                                + (force
                                        ? "then terminate what does not end"
                                        : "what has none Windows can only terminate: that takes --force")
                        : "ask %s to end (SIGTERM) and give it %d s".formatted(who(family.first()), seconds(grace))
                                + (force ? "; then kill what does not end (SIGKILL)" : "");
        };
    }

    private static boolean onWindows(Step step) {
        return step.holders().getFirst().netns().isOnly();
    }

    static boolean onWindows(Explanation why) {
        return why.holders().stream().anyMatch(holder -> holder.netns().isOnly());
    }

    /** What a step costs: a sentence without its full stop. */
    public static String cost(Step step) {
        return switch (step) {
            case Step.Wait _ -> "nothing but time";
            case Step.Destroy(var holders, boolean leftovers) ->
                leftovers
                        ? "nothing where the process has ended by then; one that lives on "
                                + (onWindows(step) ? "loses that connection" : "gets ECONNABORTED on that connection")
                        : ofDestroying(holders, onWindows(step));
            case Step.Stop(String unit, var _) ->
                "the service ends with all its processes and connections, and stays down until it is started again (%s %s)"
                        .formatted(onWindows(step) ? "net start" : "systemctl start", unit);
            case Step.Signal(var family, var _, var _, boolean force) ->
                "the process ends with everything it does"
                        + switch (family.others()) {
                            case 0 -> "";
                            case 1 ->
                                ", and the one that shares its socket usually with it (it is asked as well if not): "
                                        + names(family.rest());
                            default ->
                                ", and the %d that share its socket usually with it (they are asked as well if not): %s"
                                        .formatted(family.others(), names(family.rest()));
                        }
                        + (force ? "; what is killed loses what it has not written" : "");
        };
    }

    private static String ofDestroying(List<Holder> holders, boolean onWindows) {
        Set<ProcessInfo> owners = new HashSet<>();
        boolean leftovers = true;
        for (Holder holder : holders) {
            leftovers &= holder.isLeftover();
            if (holder.process() != null) {
                owners.add(holder.process());
            }
        }
        if (leftovers) {
            return "no process loses anything: the connection is closed already, and the kernel forgets it early";
        }
        if (onWindows) {
            String lives = switch (owners.size()) {
                case 0 -> "whoever has it lives on";
                case 1 -> who(owners.iterator().next()) + " lives on";
                default -> "their processes live on";
            };
            return lives + " without the connection; what the next call on it gets, and whether the other end is told, "
                    + "Windows does not document";
        }
        String lives = switch (owners.size()) {
            case 0 -> "whoever has it lives on, and the next call";
            case 1 -> who(owners.iterator().next()) + " lives on, and its next call";
            default -> "their processes live on, and the next call";
        };
        return lives + " on the connection fails with ECONNABORTED; the other end is told by a reset";
    }

    /** Why nothing gentler is done: a sentence without its full stop. */
    public static String whyNotGentler(Step step, FreeOptions options) {
        if (options.by() == step.way()) {
            return "asked for with --by " + step.way().label();
        }
        return switch (step) {
            case Step.Wait _ -> "nothing is gentler";
            case Step.Destroy(var holders, boolean leftovers) -> {
                if (leftovers) {
                    yield onWindows(step)
                            ? "a server that wants its port alone waits for the connections of the one before; where one can bind, "
                                    + "this is left out"
                            : "closed connections hold a port for up to a minute; a server that sets SO_REUSEADDR may bind "
                                    + "beside them, and then this is left out";
                }
                boolean allEnd = holders.stream().allMatch(holder -> holder.expiresInMillis() != null);
                yield allEnd
                        ? "waiting would take %d s: --wait %1$d does that instead".formatted(longest(holders))
                        : "nothing says when it ends by itself";
            }
            case Step.Stop(var _, var holders) -> stays(holders.getFirst());
            case Step.Signal(var family, var holders, var _, var _) ->
                stays(holders.getFirst()) + ", and " + who(family.first())
                        + " belongs to no service that can be stopped";
        };
    }

    private static String stays(Holder holder) {
        if (holder.protocol() == Protocol.UDP) {
            return "a UDP socket is let go of by its process only";
        }
        return switch (holder.cause()) {
            case LISTENER -> "a listening socket holds the port until its process closes it";
            case BOUND_ONLY ->
                "there is no connection to destroy, and a bound socket holds the port until its process closes it";
            case CLIENT, TIME_WAIT, EXCLUDED, BLOCKED_UNSEEN, ELSEWHERE, FREE ->
                "the program asked for the port by number, so its socket keeps it even when the connection is destroyed";
        };
    }

    /** What a reader of the plan should know about how these holders belong together: sentences. */
    public static List<String> notes(FreePlan.Steps plan) {
        var notes = new ArrayList<String>();
        Map<Endpoint, Set<Holder.Socket>> listeners = new LinkedHashMap<>();
        for (Step step : plan.steps()) {
            if (step instanceof Step.Signal(var family, var _, var _, var _) && family.others() > 0) {
                notes.add("%d processes hold the same socket, as after a fork: %s started first."
                        .formatted(family.others() + 1, who(family.first())));
            }
            for (Holder holder : step.holders()) {
                if (holder.cause() == Cause.LISTENER && holder.protocol() == Protocol.TCP) {
                    listeners
                            .computeIfAbsent(holder.local(), _ -> new HashSet<>())
                            .add(holder.socket());
                }
            }
        }
        listeners.forEach((address, sockets) -> {
            if (sockets.size() > 1) {
                String by = onWindows(plan.steps().getFirst()) ? "SO_REUSEADDR" : "SO_REUSEPORT";
                notes.add("%d sockets listen on %s together (%s): the port is free when all are closed."
                        .formatted(sockets.size(), address, by));
            }
        });
        return notes;
    }

    /**
     * What an act did, or was about to do.
     *
     * @param before of the port that it was done for
     */
    public static String what(Act act, Explanation before) {
        return switch (act) {
            case Act.Destroy(var connection) ->
                "destroy the connection " + connection.local() + " to " + connection.remote();
            case Act.Stop(String unit) -> "stop the service " + unit;
            case Act.Signal(var process, String name, var signal) -> {
                String who = name + " (pid " + process.pid() + ")";
                yield !onWindows(before)
                        ? "send " + signal + " to " + who
                        : switch (signal) {
                            case SIGTERM -> "ask " + who + " to close its windows";
                            case SIGKILL -> "terminate " + who;
                        };
            }
        };
    }

    static String who(ProcessInfo process) {
        return process.name() + " (pid " + process.pid() + ")";
    }

    /** Why a process is left alone whose start is not known. */
    static String startNotKnown(ProcessInfo process) {
        return "when " + who(process) + " started is not known, so it cannot be told from a later process with its id";
    }

    private static String names(List<ProcessInfo> processes) {
        String named =
                processes.stream().limit(MOST_NAMED).map(FreeWording::who).collect(Collectors.joining(", "));
        return processes.size() > MOST_NAMED ? named + ", …" : named;
    }

    /** A socket as a noun. */
    public static String socket(Holder holder) {
        if (holder.remote() == null) {
            boolean listens = holder.cause() == Cause.LISTENER && holder.protocol() == Protocol.TCP;
            return (listens ? "the listener " : "the bound socket ") + holder.local();
        }
        if (holder.local().equals(holder.remote())) {
            return "the connection from " + holder.local() + " to itself";
        }
        String kind = holder.isLeftover() ? "the closed connection " : "the connection ";
        return kind + holder.local() + " to " + holder.remote();
    }

    private static String sockets(List<Holder> holders) {
        if (holders.size() == 1) {
            return socket(holders.getFirst());
        }
        String named = Stream.concat(
                        holders.stream().limit(MOST_NAMED).map(holder -> holder.local() + " to " + holder.remote()),
                        holders.size() > MOST_NAMED ? Stream.of("…") : Stream.empty())
                .collect(Collectors.joining(", "));
        return "these " + holders.size() + " connections: " + named;
    }

    private static long longest(List<Holder> holders) {
        int millis = holders.stream()
                .mapToInt(holder -> holder.expiresInMillis() == null ? 0 : holder.expiresInMillis())
                .max()
                .orElse(0);
        return Math.ceilDiv(millis, 1000);
    }

    private static long seconds(Duration time) {
        return Math.ceilDiv(time.toMillis(), 1000L);
    }
}
