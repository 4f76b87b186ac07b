package dev.berth.diagnosis.doctor;

import dev.berth.diagnosis.Fix;
import dev.berth.diagnosis.FixScope;
import dev.berth.platform.Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something about the ports of a host that is wrong or will be. Each kind has a page under {@code docs/findings/} named
 * after its {@link #id}. Names of processes are left as they are: whoever prints them escapes them.
 */
public sealed interface Finding
        permits BindBeforeConnect,
                BoundOnlyHolder,
                CloseWaitLeak,
                ClosedBeforeAccept,
                ConnectionChurn,
                ConntrackNearlyFull,
                DynamicRangeLow,
                ExcludedRangeCoversService,
                ExhaustionForecast,
                FdLimitBelowPorts,
                LegacySetting,
                ListenerInDynamicRange,
                NodeportOverlap,
                PersistentNotActive,
                PortsRanOut,
                RangeBelowUnprivileged,
                RangeEndsSameParity,
                RangeTooSmall,
                ReservationNotPersistent,
                SelfConnect,
                ServerClosesFirst,
                SnatPortsExhausted,
                TimeWaitOverflow,
                TupleSpaceExhausted,
                TupleSpacePastCliff,
                UdpPortsExhausted {
    /** Stable, lower-case, with hyphens. */
    String id();

    Severity severity();

    /** One line without a full stop. */
    String title();

    /** What was seen, a line for each fact, each a sentence. */
    List<String> evidence();

    /** What to do in the namespace it was found in, safest first; never empty under the settings it was found under. */
    List<Fix> waysOut(Settings settings);

    /** For what is inferred: whether it was seen as well. Null for what is a fact anyway. */
    default @Nullable Boolean confirmed() {
        return null;
    }

    /** The {@link #waysOut}, as they are to be typed where the reader is. */
    default List<Fix> fixes(Settings settings) {
        return FixScope.aimed(waysOut(settings), settings);
    }
}
