package dev.berth.cli.command;

import dev.berth.cli.look.IncidentQuestion;
import dev.berth.platform.HostFacts;
import dev.berth.platform.HostNetwork;
import dev.berth.platform.HostReadException;
import org.jspecify.annotations.Nullable;

/** Who is asked what the lines of a log come from: a host, a capture, or nobody. */
final class ExplainedHost {
    private final @Nullable HostNetwork host;
    private final Console console;
    private final boolean probe;
    private final String notAsked;

    private ExplainedHost(@Nullable HostNetwork host, Console console, boolean probe, String notAsked) {
        this.host = host;
        this.console = console;
        this.probe = probe;
        this.notAsked = notAsked;
    }

    /** The one that the arguments name; nobody where they say so, or where Berth cannot look at this system. */
    static ExplainedHost of(Arguments arguments, Console console) throws UsageException, HostReadException {
        boolean probe = !arguments.has("no-probe");
        if (arguments.has("no-host")) {
            return new ExplainedHost(null, console, probe, "--no-host was given");
        }
        try {
            return new ExplainedHost(console.host(), console, probe, "");
        } catch (HostReadException e) {
            if (e.kind() != HostReadException.Kind.NOT_ON_THIS_SYSTEM || arguments.has("from")) {
                throw e;
            }
            return new ExplainedHost(null, console, probe, e.why());
        }
    }

    /** A question that has not been asked before, and knows no earlier answer. */
    IncidentQuestion question() {
        return host == null
                ? IncidentQuestion.inGeneral(notAsked)
                : IncidentQuestion.to(host, console::everyNamespace, probe);
    }

    /** A question to nobody, for that reason if there is no better one. */
    IncidentQuestion unasked(String why) {
        return IncidentQuestion.inGeneral(host == null ? notAsked : why);
    }

    /** Of the host that is asked; null where nobody is. */
    @Nullable
    HostFacts facts() {
        return host == null ? null : host.facts();
    }
}
