package dev.berth.cli.look;

import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.platform.HostNetwork;
import org.jspecify.annotations.Nullable;

/** What incidents of a log mean on a host. */
public final class IncidentQuestion {
    private final @Nullable HostNetwork host;
    private final WhyQuestion.EveryNamespace everyNamespace;
    private final boolean probe;
    private final String notAsked;

    private IncidentQuestion(
            @Nullable HostNetwork host, WhyQuestion.EveryNamespace everyNamespace, boolean probe, String notAsked) {
        this.host = host;
        this.everyNamespace = everyNamespace;
        this.probe = probe;
        this.notAsked = notAsked;
    }

    /**
     * To that host, live or recorded.
     *
     * @param probe whether binds may be tried
     */
    public static IncidentQuestion to(HostNetwork host, WhyQuestion.EveryNamespace everyNamespace, boolean probe) {
        return new IncidentQuestion(host, everyNamespace, probe, "");
    }

    /**
     * To nobody: what it means in general.
     *
     * @param why such as {@code --no-host was given}
     */
    public static IncidentQuestion inGeneral(String why) {
        return new IncidentQuestion(null, java.util.List::of, false, why);
    }

    /** Asks the host, once for each port and destination, however many incidents want it. What it cannot read is a gap. */
    public IncidentAnswer ask(IncidentGroup group) {
        throw new IllegalStateException(notAsked + host + everyNamespace + probe);
    }
}
