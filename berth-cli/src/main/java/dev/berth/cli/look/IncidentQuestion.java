package dev.berth.cli.look;

import dev.berth.diagnosis.explain.IncidentGroup;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import org.jspecify.annotations.Nullable;

/** What incidents of a log mean on a host. */
public final class IncidentQuestion {
    private final @Nullable HostNetwork host;
    private final WhyQuestion.EveryNamespace everyNamespace;
    private final String notAsked;

    private IncidentQuestion(@Nullable HostNetwork host, WhyQuestion.EveryNamespace everyNamespace, String notAsked) {
        this.host = host;
        this.everyNamespace = everyNamespace;
        this.notAsked = notAsked;
    }

    /** To that host, live or recorded. */
    public static IncidentQuestion to(HostNetwork host, WhyQuestion.EveryNamespace everyNamespace) {
        return new IncidentQuestion(host, everyNamespace, "");
    }

    /**
     * To nobody: what it means in general.
     *
     * @param why such as {@code --no-host was given}
     */
    public static IncidentQuestion inGeneral(String why) {
        return new IncidentQuestion(null, java.util.List::of, why);
    }

    /** Asks the host, once for each port and destination, however many incidents want it. */
    public IncidentAnswer ask(IncidentGroup group) throws HostReadException {
        throw new IllegalStateException(notAsked + host + everyNamespace);
    }
}
