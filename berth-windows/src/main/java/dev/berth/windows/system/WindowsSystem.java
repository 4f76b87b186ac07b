package dev.berth.windows.system;

import dev.berth.net.IpAddress;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything Berth asks of a Windows, as raw replies: live or recorded, and decoded by the same code. Safe for several threads. */
public interface WindowsSystem extends AutoCloseable {
    WindowsVersion version();

    /** When the replies are from. */
    Instant readAt();

    boolean recorded();

    /**
     * A table, whole, as the call filled it; null where this system has no such call or table.
     *
     * @throws WindowsErrorException when it refuses
     */
    byte @Nullable [] sockets(SocketTable table) throws WindowsErrorException;

    /**
     * The process with this id; empty when there is none.
     *
     * @throws WindowsErrorException when processes cannot be listed, so that nobody knows whether there is one
     */
    Optional<ProcessEntry> process(int pid) throws WindowsErrorException;

    /** Every service that is installed. */
    List<ServiceEntry> services() throws WindowsErrorException;

    Registry registry();

    /** Programs that only read. */
    Tools tools();

    BindOutcome bind(BindRequest request);

    /** The addresses of this host, loopback too. */
    default Set<IpAddress> addresses() throws WindowsErrorException {
        throw new WindowsErrorException("GetAdaptersAddresses", WindowsErrorException.NOT_SUPPORTED);
    }

    /** The address a connection to {@code destination} would come from; empty where unknown. */
    default Optional<IpAddress> sourceTowards(IpAddress destination) {
        return Optional.empty();
    }

    /** What changes this system; null where it does not run here. */
    @Nullable
    WindowsActs acts();

    /** How long a program that only reads may take. */
    Duration PATIENCE = Duration.ofSeconds(20);

    @Override
    void close();
}
