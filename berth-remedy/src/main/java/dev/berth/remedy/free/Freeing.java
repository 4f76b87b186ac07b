package dev.berth.remedy.free;

import dev.berth.diagnosis.Explanation;
import dev.berth.diagnosis.Holder;
import dev.berth.diagnosis.OwnService;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.HostControl.EndSignal;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.ProcessRef;
import dev.berth.platform.SocketId;
import dev.berth.remedy.log.Act;
import dev.berth.remedy.log.ActLog;
import dev.berth.remedy.log.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out a plan, step by step while the port is still held: looks again before each act, writes it into the log, acts,
 * and at the end proves the result with a bind. What fails ends it. For one use.
 */
public final class Freeing {
    /** How late the kernel's timer of a TIME_WAIT may be, and some. */
    private static final Duration TIMER_SLACK = Duration.ofSeconds(3);

    private static final Duration GLANCE = Duration.ofMillis(250);

    /** How long processes have to follow the one that they usually end with. */
    private static final Duration TO_FOLLOW = Duration.ofSeconds(1);

    /** How long the kernel may take to close the sockets of a killed process. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    /** Who restarts what was ended does it within this time, or can be bound ahead of. */
    private static final Duration UNTIL_TAKEN_AGAIN = Duration.ofMillis(200);

    /** How many connections share a line's way to the disk. */
    private static final int BATCH = 256;

    /** systemd gives a service 90 s unless its unit says otherwise (DefaultTimeoutStopSec, systemd-system.conf(5)). */
    private static final Duration TO_STOP = Duration.ofSeconds(100);

    private final HostNetwork host;
    private final Question question;
    private final ActLog log;
    private final FreeOptions options;
    private final Pace pace;
    private final Explanation before;
    private final Sighting sighting;
    private final Purpose purpose;
    private final List<Done> done = new ArrayList<>();

    /**
     * @param before what the plan was made from
     */
    public Freeing(
            HostNetwork host, Question question, ActLog log, FreeOptions options, Pace pace, Explanation before) {
        this.host = host;
        this.question = question;
        this.log = log;
        this.options = options;
        this.pace = pace;
        this.before = before;
        this.sighting = new Sighting(host, before.port(), before.protocol());
        this.purpose = new Purpose("free", before.port(), before.protocol(), before.address(), host.namespace());
    }

    /** Ends this freeing before its plan is through. */
    private static final class Halt extends Exception {
        private final FreeEnd end;

        Halt(FreeEnd end) {
            super(end.toString(), null, false, false);
            this.end = end;
        }
    }

    /**
     * @throws InterruptedException when interrupted while waiting; what was done is in the log
     */
    public FreeReport carryOut(FreePlan.Steps plan) throws InterruptedException {
        Duration start = pace.elapsed();
        Explanation after = null;
        FreeEnd end;
        try {
            boolean held = true;
            for (Step step : plan.steps()) {
                held = held && !isFree(question.ask());
                if (held) {
                    carryOut(step);
                }
            }
            after = settled();
            end = judged(plan, after);
        } catch (Halt halted) {
            after = lastLook();
            end = after != null && isFree(after) ? new FreeEnd.Freed() : halted.end;
        } catch (HostReadException e) {
            end = new FreeEnd.Failed("the host could not be read any more: " + e.getMessage() + ", " + e.why());
        }
        return new FreeReport(done, end, pace.elapsed().minus(start), after);
    }

    /** After a failure, which may have freed the port all the same; null where nothing can be seen. */
    private @Nullable Explanation lastLook() {
        try {
            return question.ask();
        } catch (HostReadException e) {
            return null;
        }
    }

    private static boolean isFree(Explanation now) {
        return Boolean.TRUE.equals(now.listenable());
    }

    private void carryOut(Step step) throws Halt, HostReadException, InterruptedException {
        switch (step) {
            case Step.Wait(var holders, Duration longest) -> await(holders, longest);
            case Step.Destroy(var holders, boolean leftovers) -> {
                if (leftovers) {
                    clear(holders);
                } else {
                    destroy(holders);
                }
            }
            case Step.Stop(String unit, var holders) -> stop(unit, holders);
            case Step.Signal signal -> end(signal);
        }
    }

    private void await(List<Holder> holders, Duration longest) throws HostReadException, InterruptedException {
        Duration deadline = pace.elapsed().plus(longest).plus(TIMER_SLACK);
        Set<SocketId> sockets = ids(holders);
        while (!sighting.there(sockets).isEmpty() && pace.elapsed().compareTo(deadline) < 0) {
            pace.sleep(GLANCE);
        }
    }

    private static Set<SocketId> ids(List<Holder> holders) {
        return holders.stream().map(Holder::id).collect(Collectors.toSet());
    }

    /** Waits for what an ended process has left behind where that was permitted, and destroys it otherwise. */
    private void clear(List<Holder> holders) throws Halt, HostReadException, InterruptedException {
        Set<SocketId> planned = ids(holders);
        List<Holder> left = question.ask().inTheWay().stream()
                .filter(holder -> planned.contains(holder.id()))
                .toList();
        int longest = 0;
        for (Holder holder : left) {
            Integer expires = holder.expiresInMillis();
            longest = expires == null ? Integer.MAX_VALUE : Math.max(longest, expires);
        }
        if (longest <= options.patience().toMillis()) {
            await(left, Duration.ofMillis(longest));
            return;
        }
        destroy(left);
    }

    private void destroy(List<Holder> holders) throws Halt, HostReadException {
        Set<SocketId> there = sighting.there(ids(holders)); // one look: the kernel compares the cookie as it destroys
        var deeds = new ArrayList<Deed>();
        for (Holder holder : holders) {
            var act = new Act.Destroy(holder.id());
            if (there.contains(holder.id())) {
                deeds.add(
                        new Deed(act, holder, Way.DESTROY, () -> host.control().destroy(holder.id())));
            } else {
                done.add(new Done(act, new ActOutcome.Gone("it was closed in the meantime")));
            }
        }
        for (int from = 0; from < deeds.size(); from += BATCH) {
            doAll(deeds.subList(from, Math.min(from + BATCH, deeds.size())));
        }
    }

    private void stop(String unit, List<Holder> holders) throws Halt, HostReadException {
        var act = new Act.Stop(unit);
        for (Holder holder : holders) {
            ProcessInfo shown = Objects.requireNonNull(holder.process());
            boolean same = sighting.holds(shown, Set.of(holder.inode()));
            if (same
                    && host.process(shown.pid())
                            .map(OwnService::of)
                            .filter(unit::equals)
                            .isPresent()) {
                doAll(List.of(
                        new Deed(act, holder, Way.STOP, () -> host.control().stopUnit(unit, patience()))));
                return;
            }
        }
        done.add(new Done(act, new ActOutcome.Gone("none of its processes holds the port any more")));
    }

    private Duration patience() {
        return options.grace().compareTo(TO_STOP) > 0 ? options.grace() : TO_STOP;
    }

    private void end(Step.Signal step) throws Halt, HostReadException, InterruptedException {
        Set<Long> sockets = new HashSet<>();
        step.holders().forEach(holder -> sockets.add(holder.inode()));
        ProcessInfo first = step.family().first();
        boolean asked = true;
        if (!sighting.holds(first, sockets)) {
            done.add(new Done(
                    signal(first, EndSignal.SIGTERM), new ActOutcome.Gone("it does not hold the port any more")));
        } else {
            asked = ask(first, step);
        }
        if (asked) {
            awaitRelease(List.of(first), sockets, step.grace());
        }
        askTheOthers(step, sockets);
        if (step.force()) {
            kill(step, sockets);
        }
    }

    /** Those that did not end with the first: each is in the plan. */
    private void askTheOthers(Step.Signal step, Set<Long> sockets)
            throws Halt, HostReadException, InterruptedException {
        boolean asked = false;
        for (ProcessInfo member : step.family().rest()) {
            if (member.startedAt() != null && sighting.holds(member, sockets)) {
                asked |= ask(member, step);
            }
        }
        if (asked) {
            awaitRelease(step.family().rest(), sockets, step.grace());
        }
    }

    private void kill(Step.Signal step, Set<Long> sockets) throws Halt, HostReadException, InterruptedException {
        ProcessInfo left = null;
        for (ProcessInfo member : step.family().members()) {
            if (sighting.holds(member, sockets)) {
                if (member.startedAt() == null) {
                    left = member;
                } else {
                    send(EndSignal.SIGKILL, member, step);
                    host.control().awaitEnd(new ProcessRef(member.pid(), member.startedAt()), AFTER_KILL);
                }
            }
        }
        if (left != null) {
            throw new Halt(new FreeEnd.Failed(FreeWording.startNotKnown(left)));
        }
        awaitRelease(step.family().members(), sockets, AFTER_KILL);
    }

    /** Of a process whose start is known: nobody else is planned for, or asked. */
    private static Act.Signal signal(ProcessInfo process, EndSignal signal) {
        var ref = new ProcessRef(process.pid(), Objects.requireNonNull(process.startedAt()));
        return new Act.Signal(ref, process.name(), signal);
    }

    /** Whether it could be asked: where a system has no way to ask, that ends a freeing without force only. */
    private boolean ask(ProcessInfo process, Step.Signal step) throws Halt {
        send(EndSignal.SIGTERM, process, step);
        return !(done.getLast().outcome() instanceof ActOutcome.NotOnThisSystem);
    }

    private void send(EndSignal signal, ProcessInfo process, Step.Signal step) throws Halt {
        Act.Signal act = signal(process, signal);
        doAll(List.of(new Deed(
                act,
                step.holders().getFirst(),
                Way.SIGNAL,
                () -> host.control().signal(act.process(), signal),
                signal == EndSignal.SIGTERM && step.force())));
    }

    /**
     * Until the sockets are gone: a program that is asked to end often closes its listener long before it ends. When all of
     * those asked have ended, others who share the sockets get a moment to follow them.
     */
    private void awaitRelease(List<ProcessInfo> asked, Set<Long> sockets, Duration most)
            throws HostReadException, InterruptedException {
        Duration deadline = pace.elapsed().plus(most);
        while (!sighting.still(sockets).isEmpty()) {
            Duration now = pace.elapsed();
            ProcessInfo living = firstLiving(asked);
            if (living == null && deadline.minus(now).compareTo(TO_FOLLOW) > 0) {
                deadline = now.plus(TO_FOLLOW);
            }
            Duration left = deadline.minus(now);
            if (!left.isPositive()) {
                return;
            }
            Duration glance = left.compareTo(GLANCE) < 0 ? left : GLANCE;
            if (living == null || living.startedAt() == null) {
                pace.sleep(glance);
            } else {
                host.control().awaitEnd(new ProcessRef(living.pid(), living.startedAt()), glance);
            }
        }
    }

    private @Nullable ProcessInfo firstLiving(List<ProcessInfo> processes) {
        for (ProcessInfo process : processes) {
            boolean lives = host.process(process.pid())
                    .filter(now -> Objects.equals(now.startedAt(), process.startedAt()))
                    .isPresent();
            if (lives) {
                return process;
            }
        }
        return null;
    }

    /**
     * An act that is about to be done.
     *
     * @param dispensable whether a system that has no such act is no reason to end it all
     */
    private record Deed(Act act, Holder holder, Way way, Supplier<ActOutcome> doing, boolean dispensable) {
        Deed(Act act, Holder holder, Way way, Supplier<ActOutcome> doing) {
            this(act, holder, way, doing, false);
        }

        /** Why this ends it all; null where it does not. */
        @Nullable
        FreeEnd failure(ActOutcome outcome) {
            return switch (outcome) {
                case ActOutcome.Done(), ActOutcome.Gone(var _) -> null;
                case ActOutcome.NotPermitted(String needs) -> new FreeEnd.NotPermitted(needs);
                case ActOutcome.NotOnThisSystem(String why) ->
                    dispensable ? null : new FreeEnd.NotPossible(why, Guard.next(holder, way));
                case ActOutcome.Failed(String why) -> new FreeEnd.Failed(why);
            };
        }
    }

    /** One after another, until one fails; all are in the log before the first of them. */
    private void doAll(List<Deed> deeds) throws Halt {
        FreeEnd failure = null;
        try {
            List<String> ids = log.begin(deeds.stream().map(Deed::act).toList(), purpose);
            var outcomes = new ArrayList<ActOutcome>();
            for (Deed deed : deeds) {
                if (failure != null) {
                    outcomes.add(new ActOutcome.Failed("not tried: one before it failed"));
                    continue;
                }
                ActOutcome outcome = deed.doing().get();
                done.add(new Done(deed.act(), outcome));
                outcomes.add(outcome);
                failure = deed.failure(outcome);
            }
            log.end(ids, outcomes);
        } catch (IOException e) {
            failure = FreeEnd.LogFailed.of(e);
        }
        if (failure != null) {
            throw new Halt(failure);
        }
    }

    /** The last look. Sockets of an ended process take the kernel a moment; who restarts it takes one, too. */
    private Explanation settled() throws HostReadException, InterruptedException {
        boolean ended = done.stream()
                .anyMatch(one -> !(one.act() instanceof Act.Destroy) && one.outcome() instanceof ActOutcome.Done);
        Explanation now = question.ask();
        for (int i = 0; i < 20 && ended && !isFree(now) && isClosing(now); i++) {
            pace.sleep(Duration.ofMillis(50));
            now = question.ask();
        }
        if (ended && isFree(now)) {
            pace.sleep(UNTIL_TAKEN_AGAIN);
            now = question.ask();
        }
        return now;
    }

    private static boolean isClosing(Explanation now) {
        return now.inTheWay().stream().allMatch(holder -> holder.process() == null && holder.remote() == null);
    }

    private FreeEnd judged(FreePlan.Steps plan, Explanation after) {
        if (isFree(after)) {
            return new FreeEnd.Freed();
        }
        List<Holder> holding = after.inTheWay();
        if (holding.isEmpty()) {
            return new FreeEnd.StillRefused();
        }
        Set<SocketId> known = ids(before.holders());
        boolean others = holding.stream()
                .noneMatch(
                        holder -> known.contains(holder.id()) || holder.process() == null && holder.remote() != null);
        if (others) {
            return new FreeEnd.TakenAgain(holding);
        }
        return new FreeEnd.StillHeld(holding, help(plan, holding));
    }

    private static FreeEnd.Help help(FreePlan.Steps plan, List<Holder> holding) {
        if (holding.stream().allMatch(holder -> holder.process() == null)) {
            return FreeEnd.Help.LOOK_AGAIN;
        }
        List<Step.Signal> signals = plan.steps().stream()
                .filter(Step.Signal.class::isInstance)
                .map(Step.Signal.class::cast)
                .toList();
        if (signals.isEmpty()) {
            return FreeEnd.Help.SIGNAL;
        }
        if (holding.stream().noneMatch(holder -> wasAsked(signals, holder.process()))) {
            return FreeEnd.Help.LOOK_AGAIN;
        }
        boolean forced = signals.stream().anyMatch(Step.Signal::force);
        return forced ? FreeEnd.Help.LOOK_AGAIN : FreeEnd.Help.FORCE;
    }

    private static boolean wasAsked(List<Step.Signal> signals, @Nullable ProcessInfo process) {
        return process != null
                && signals.stream()
                        .flatMap(signal -> signal.family().members().stream())
                        .anyMatch(member -> member.pid() == process.pid());
    }
}
