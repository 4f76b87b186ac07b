package dev.berth.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Acts on a host made up for a test, and remembers what it was asked for: {@code destroy 50000}, {@code SIGTERM 42}. */
public final class FakeControl implements HostControl {
    private final FakeHostNetwork host;
    private final List<String> asked = new ArrayList<>();
    private final Map<String, ActOutcome> outcomes = new HashMap<>();
    private final Map<String, Runnable> effects = new HashMap<>();
    private Ancestry ancestry = new Ancestry(List.of(), true);
    private final Set<Integer> deaf = new HashSet<>();

    public FakeControl(FakeHostNetwork host) {
        this.host = host;
        host.control(this);
    }

    /** An act, named as {@link #asked} names it or by its first word alone, goes like that and changes nothing. */
    public FakeControl answering(String act, ActOutcome outcome) {
        outcomes.put(act, outcome);
        return this;
    }

    /** What happens besides, once the act is done. */
    public FakeControl after(String act, Runnable effect) {
        effects.put(act, effect);
        return this;
    }

    /** A process that SIGTERM does not end. */
    public FakeControl deaf(int pid) {
        deaf.add(pid);
        return this;
    }

    /** Berth comes from these; from nobody on that host unless this is called. */
    public FakeControl calledBy(Ancestry caller) {
        ancestry = caller;
        return this;
    }

    /** Every act, in order. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public Ancestry ancestry() {
        return ancestry;
    }

    @Override
    public ActOutcome destroy(SocketId socket) {
        return act("destroy " + socket.cookie(), () -> host.remove(socket.cookie()));
    }

    @Override
    public ActOutcome signal(ProcessRef process, EndSignal signal) {
        return act(signal + " " + process.pid(), () -> {
            if (signal == EndSignal.SIGKILL || !deaf.contains(process.pid())) {
                host.end(process.pid());
            }
        });
    }

    @Override
    public boolean awaitEnd(ProcessRef process, Duration most) {
        return host.process(process.pid()).isEmpty();
    }

    @Override
    public ActOutcome stopUnit(String unit, Duration most) {
        return act("stop " + unit, () -> host.pidsOf(unit).forEach(host::end));
    }

    private ActOutcome act(String act, Runnable doing) {
        asked.add(act);
        ActOutcome outcome = outcomes.get(act);
        outcome = outcome != null ? outcome : outcomes.get(act.substring(0, act.indexOf(' ')));
        if (outcome != null) {
            return outcome;
        }
        doing.run();
        effects.getOrDefault(act, () -> {}).run();
        return new ActOutcome.Done();
    }
}
