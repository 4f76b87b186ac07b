package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.OwnService;
import dev.berth.diagnosis.ProcessFamily;
import dev.berth.net.Protocol;
import dev.berth.platform.ProcessInfo;
import dev.berth.remedy.free.FreePlan.Refused;
import dev.berth.remedy.free.FreePlan.Refused.Kind;
import dev.berth.remedy.log.Master;
import org.jspecify.annotations.Nullable;

/** What must not be done, or cannot: each refusal with its reason and what can be done instead. */
final class Guard {
    private final Situation situation;
    private final FreeOptions options;

    Guard(Situation situation, FreeOptions options) {
        this.situation = situation;
        this.options = options;
    }

    /** Why nobody can be made to give up a port that is not available. */
    static Refused nobodyToEnd(Explanation why) {
        return switch (why.verdict()) {
            case EXCLUDED ->
                impossible(
                        "nothing holds it: the system refuses it to programs", "berth why says what would permit it");
            case ELSEWHERE ->
                impossible(
                        "nothing holds it: a bind succeeds, and its traffic is sent elsewhere",
                        "berth why names the rule that does it");
            case BLOCKED_UNSEEN, LISTENER, BOUND_ONLY, CLIENT, TIME_WAIT, FREE ->
                why.addressIsElsewhere()
                        ? impossible(
                                why.address() + " is not an address of this host",
                                "name one that is: ipconfig on Windows, ip address show elsewhere")
                        : impossible(
                                "a bind is refused, and nothing that can be seen holds it",
                                "berth why says what could not be looked at");
        };
    }

    static boolean isConnection(Holder holder) {
        return holder.protocol() == Protocol.TCP && holder.remote() != null;
    }

    /** Why {@code way} is not for {@code holder}; null where it is. */
    @Nullable
    Refused against(Way way, Holder holder) {
        return switch (way) {
            case WAIT -> againstWaiting(holder);
            case DESTROY -> againstDestroying(holder);
            case STOP, SIGNAL -> againstItsProcess(holder);
        };
    }

    private @Nullable Refused againstWaiting(Holder holder) {
        Integer expires = holder.expiresInMillis();
        if (expires == null) {
            return impossible(
                    "nothing says when " + FreeWording.socket(holder) + " ends by itself", otherWay(holder, Way.WAIT));
        }
        return expires <= options.patience().toMillis()
                ? null
                : impossible(
                        "%s has %d s left, and --wait permits %d s"
                                .formatted(
                                        FreeWording.socket(holder),
                                        Math.ceilDiv(expires, 1000),
                                        options.patience().toSeconds()),
                        "add --wait " + Math.ceilDiv(expires, 1000) + ", or leave out --by wait");
    }

    private @Nullable Refused againstDestroying(Holder holder) {
        if (!isConnection(holder)) {
            return impossible(
                    FreeWording.socket(holder) + " is no TCP connection: only its process can let go of it",
                    otherWay(holder, Way.DESTROY));
        }
        if (situation.keepsItsPort(holder)) {
            return impossible(
                    FreeWording.socket(holder)
                            + " asked for the port by number, and keeps it even when its connection is destroyed",
                    otherWay(holder, Way.DESTROY));
        }
        if (situation.mayCarryTheSession(holder)) {
            return impossible(
                    FreeWording.socket(holder) + " may carry the session that berth was typed into",
                    "end it yourself, or run berth from elsewhere");
        }
        if (isBeyondSetTcpEntry(holder)) {
            return impossible(
                    "Windows lets nobody end " + FreeWording.socket(holder) + " alone: SetTcpEntry knows IPv4 only",
                    otherWay(holder, Way.DESTROY));
        }
        return holder.id().cookie() != 0
                ? null
                : impossible(
                        "the system does not tell the identity of " + FreeWording.socket(holder)
                                + ", so another could be hit instead",
                        otherWay(holder, Way.DESTROY));
    }

    private @Nullable Refused againstItsProcess(Holder holder) {
        String socket = FreeWording.socket(holder);
        ProcessInfo process = holder.process();
        if (process != null) {
            return holder.ofTheSystem() ? heldByTheSystem(socket, holder) : null;
        }
        return switch (holder.noProcess()) {
            case NOT_PERMITTED ->
                new Refused(
                        Kind.NOT_PERMITTED,
                        "which process holds " + socket + " is hidden from this user",
                        "run it as root (sudo), or with CAP_SYS_PTRACE and CAP_DAC_READ_SEARCH");
            case OTHER_PID_NAMESPACE ->
                impossible(
                        "a process of another pid namespace holds " + socket,
                        "run berth where that process can be seen: on the host itself");
            case KERNEL_HELD ->
                impossible(
                        "no process holds " + socket + ": the kernel keeps it", "leave out --by: it can be destroyed");
            case NOT_NAMED ->
                impossible(
                        "Windows names no living process for " + socket,
                        isConnection(holder)
                                ? otherWay(holder, Way.SIGNAL)
                                : "end the programs that the one which opened it has started, or restart Windows");
            case NO_DESCRIPTOR ->
                impossible(
                        "no process has " + socket
                                + " open: it is the kernel's own, as of NFS or iSCSI, or on its way between two processes",
                        "stop what uses it in the kernel, then ask again: berth why");
            case NOT_LOOKED -> notFound(socket);
            case null -> notFound(socket);
        };
    }

    private static Refused notFound(String socket) {
        return impossible("who holds " + socket + " was not found", "try again");
    }

    private static Refused heldByTheSystem(String socket, Holder holder) {
        if (holder.netns().isOnly()) {
            return impossible(
                    "the kernel of Windows holds " + socket + ", or a driver such as http.sys: neither can be ended",
                    "netsh http show servicestate names the processes behind http.sys: stop those");
        }
        return heldByTheFirst(socket);
    }

    private static Refused heldByTheFirst(String socket) {
        return impossible(
                "process 1 holds " + socket + ": the service manager listens for a service (socket activation)",
                "systemctl list-sockets names the socket unit: stop that one");
    }

    /** Why {@code way} must not end {@code family}; null where it may. */
    @Nullable
    Refused against(Way way, ProcessFamily family, @Nullable String service) {
        ProcessInfo first = family.first();
        if (family.sharesWithTheSystem(situation.why().inTheWay())) {
            return heldByTheFirst("the socket of " + FreeWording.who(first));
        }
        if (way == Way.STOP) {
            if (service == null) {
                return impossible(
                        FreeWording.who(first) + " belongs to no service of its own", "--by signal asks it to end");
            }
            return situation.lineage().services().contains(service)
                    ? impossible(
                            "berth itself runs in " + service + ", and would end with it",
                            "stop it from elsewhere, or ask the process alone to end: --by signal")
                    : null;
        }
        ProcessInfo own = family.members().stream()
                .filter(process -> situation.lineage().has(process))
                .findFirst()
                .orElse(null);
        if (own != null) {
            return impossible(
                    FreeWording.who(own)
                            + (situation.lineage().ancestry().has(own.pid())
                                    ? " is berth itself or what it was started from"
                                    : " may be what berth was started from: the system hides what that was"),
                    "end it yourself, or run berth from elsewhere");
        }
        if (first.startedAt() != null) {
            return null;
        }
        return onWindows() && !situation.privileged()
                ? new Refused(
                        Kind.NOT_PERMITTED, FreeWording.startNotKnown(first), "run it " + Master.ADMINISTRATOR.how())
                : impossible(
                        FreeWording.startNotKnown(first),
                        "look at it with " + (onWindows() ? "tasklist" : "ps") + ", and end it yourself");
    }

    private boolean onWindows() {
        return situation.why().holders().stream()
                .anyMatch(holder -> holder.netns().isOnly());
    }

    private static boolean isBeyondSetTcpEntry(Holder holder) {
        return holder.netns().isOnly() && !holder.local().address().isV4();
    }

    private static String otherWay(Holder holder, Way than) {
        return switch (next(holder, than)) {
            case STOP -> "--by stop stops the service it belongs to";
            case SIGNAL -> "--by signal asks its process to end";
            case WAIT, DESTROY -> "leave out --by: its connection can be destroyed, and its process lives on";
            case null ->
                isConnection(holder) && holder.id().cookie() != 0 && !isBeyondSetTcpEntry(holder)
                        ? "leave out --by: it can be destroyed"
                        : "berth why says what is known of it";
        };
    }

    /** The gentlest way for {@code holder} that is not as gentle as {@code than}; null where there is none. */
    static @Nullable Way next(Holder holder, Way than) {
        ProcessInfo process = holder.process();
        if (than == Way.WAIT && isConnection(holder)) {
            return Way.DESTROY;
        }
        if (process == null || holder.ofTheSystem() || than == Way.SIGNAL) {
            return null;
        }
        return than != Way.STOP && OwnService.of(process) != null ? Way.STOP : Way.SIGNAL;
    }

    private static Refused impossible(String why, String next) {
        return new Refused(Kind.NOT_POSSIBLE, why, next);
    }
}
