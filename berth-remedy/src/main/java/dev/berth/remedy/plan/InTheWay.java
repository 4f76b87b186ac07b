package dev.berth.remedy.plan;

import dev.berth.net.PortSet;
import dev.berth.net.Protocol;
import dev.berth.remedy.plan.PlanOptions.Restart;
import org.jspecify.annotations.Nullable;

/** What keeps Windows from excluding ports; {@link Obstacles} finds it before netsh is asked. */
public sealed interface InTheWay permits HeldByService, HeldBySocket, SystemBlock, UntilRestart {
    /** The service that has to be stopped meanwhile; null where that would not help, or is not to be done. */
    @Nullable
    String service();

    /** Which leave to restart that takes. */
    Restart restart();

    /** Whether it may be stopped meanwhile. */
    default boolean yields(PlanOptions options) {
        return service() != null && options.may(restart());
    }

    /** Whether it may let go of the ports by itself one day. */
    boolean maybeLetsGo();

    /** Why the ports cannot be excluded as things are. */
    PlanRefusedException refusal(PortSet ports, Protocol protocol);
}
