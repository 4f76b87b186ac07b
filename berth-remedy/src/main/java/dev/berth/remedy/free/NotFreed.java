package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.remedy.log.Master;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Why a port is not free after all, as an error says it.
 *
 * @param what what happened
 * @param why the reason
 * @param next what can be done about it
 */
public record NotFreed(String what, String why, String next) {
    private static final int MOST_NAMED = 3;

    /** Of a plan that is refused. */
    public static NotFreed of(FreePlan.Refused refused, Explanation why) {
        return new NotFreed(port(why) + " cannot be freed", refused.why(), refused.next());
    }

    /** Of an end that did not free the port. */
    public static NotFreed of(FreeEnd.Failure end, Explanation before) {
        String still = port(before) + " is still held";
        return switch (end) {
            case FreeEnd.TakenAgain(var by) ->
                new NotFreed(
                        port(before) + " was freed, and taken again at once",
                        names(by) + " has it now",
                        "end what starts it again: a service manager, a supervisor, a container runtime; where a client was given it, reserve it first (berth why says how)");
            case FreeEnd.StillHeld(var by, var help) ->
                new NotFreed(
                        still,
                        names(by) + (by.size() == 1 ? " holds it" : " hold it"),
                        switch (help) {
                            case FORCE -> "kill what does not end: --force, or give it longer: --grace SECONDS";
                            case SIGNAL -> "ask the process to end: --by signal";
                            case LOOK_AGAIN -> "look again, and free what is there now: berth why, berth free";
                        });
            case FreeEnd.StillRefused() ->
                new NotFreed(
                        port(before) + " is held by nobody, and a bind is refused all the same",
                        "the system does not let this user bind it, or something refuses that cannot be seen",
                        "berth why says what a bind meets");
            case FreeEnd.NotPermitted(String needs) ->
                new NotFreed(
                        still,
                        "the act was not permitted: it needs " + needs,
                        "run it " + master(before).how());
            case FreeEnd.NotPossible(String why, var next) ->
                new NotFreed(
                        still,
                        "not possible on this system: " + why,
                        next != null
                                ? "the next gentlest way: --by " + next.label()
                                : FreeWording.onWindows(before)
                                        ? "terminate it: --force; what it has not written is lost"
                                        : "end the process that holds it yourself");
            case FreeEnd.Failed(String why) -> new NotFreed(still, why, "berth why says what holds it now");
            case FreeEnd.LogFailed(String why) ->
                new NotFreed(
                        still + ", and nothing more was done",
                        "no act goes unlogged, and the log cannot be written: " + why,
                        "make its folder writable, or name another one in BERTH_STATE");
        };
    }

    private static Master master(Explanation before) {
        return Master.of(FreeWording.onWindows(before));
    }

    private static String port(Explanation why) {
        return why.protocol().label() + " " + why.port();
    }

    private static String names(List<Holder> holders) {
        String named = holders.stream()
                .map(holder -> holder.process() == null
                        ? FreeWording.socket(holder)
                        : FreeWording.who(holder.process()) + ", with " + FreeWording.socket(holder))
                .distinct()
                .limit(MOST_NAMED)
                .collect(Collectors.joining("; "));
        return holders.size() > MOST_NAMED ? named + "; …" : named;
    }
}
