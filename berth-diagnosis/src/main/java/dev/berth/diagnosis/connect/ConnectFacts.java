package dev.berth.diagnosis.connect;

import dev.berth.platform.Gap;
import dev.berth.platform.HostFacts;
import dev.berth.platform.Owners;
import dev.berth.platform.ProcessInfo;
import dev.berth.platform.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Everything a verdict on connecting rests on.
 *
 * @param survey of the connections to the destination
 * @param sourceFrom how the source address came to be known
 * @param localPort what would become of a local port given by number; null where none was asked about
 * @param owners of {@link ConnectSurvey#addInodesTo}
 * @param processes asked once for each process id
 */
public record ConnectFacts(
        ConnectSurvey survey,
        SourceFrom sourceFrom,
        @Nullable LocalPort localPort,
        Owners owners,
        IntFunction<Optional<ProcessInfo>> processes,
        Settings settings,
        HostFacts host,
        List<Gap> gaps) {
    /** How the source address came to be known. */
    public enum SourceFrom {
        ASKED("asked"),
        ROUTE("route"),
        /** No route tells, so the sources of the connections that are there stand for it. */
        CONNECTIONS("connections"),
        NOWHERE("nowhere");

        private final String label;

        SourceFrom(String label) {
            this.label = label;
        }

        /** The word for it in JSON. */
        public String label() {
            return label;
        }
    }

    public ConnectFacts {
        gaps = List.copyOf(gaps);
    }

    boolean linux() {
        return host.system().equals("linux");
    }
}
