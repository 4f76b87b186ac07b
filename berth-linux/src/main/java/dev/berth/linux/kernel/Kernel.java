package dev.berth.linux.kernel;

import dev.berth.net.IpAddress;
import dev.berth.net.PortRange;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.BindOutcome;
import dev.berth.platform.BindRequest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.OwnerQuery;
import dev.berth.platform.SocketId;
import dev.berth.platform.SocketQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything Berth asks of a Linux kernel in one network namespace, as raw replies: live or recorded, and decoded by the
 * same code.
 */
public interface Kernel extends AutoCloseable {
    NetworkNamespace namespace();

    /**
     * Whether the configuration files here are for another namespace: it is not the reader's own, or the recorder's, or it has a
     * name and is not that of process 1.
     */
    default boolean foreign() {
        return false;
    }

    /** {@link NetworkNamespace#cookie}, asked for now; null where it cannot be had. */
    default @Nullable Long cookie() {
        return null;
    }

    /** Files of {@code /proc} and {@code /etc}, as this namespace shows them. */
    KernelFiles files();

    /**
     * Asks sock_diag for the sockets of one table. The kernel applies as much of {@code query} as it can; the decoder
     * applies the rest.
     *
     * @param higherPorts a slice of the table: rows whose higher port, of the local and the remote one, is in it
     * @throws DiagRefusedException when this kernel or its policy does not let us ask; procfs may still answer
     */
    Datagrams diag(DiagTable table, SocketQuery query, PortRange higherPorts) throws DiagRefusedException;

    /** Walks the descriptors of processes for those that are sockets. */
    void descriptors(OwnerQuery query, DescriptorSink sink) throws HostReadException;

    BindOutcome bind(BindRequest request);

    /**
     * Runs a program that lists what the kernel tells in no file, in this namespace: {@code nft -j list ruleset}. It must
     * only read.
     *
     * @param command the program's name and its arguments
     * @param limit when the program is ended
     */
    default ToolReply tool(List<String> command, Duration limit) {
        return new ToolReply.Failed("no programs are run here");
    }

    /** The address that the routes of this namespace give a connection to {@code destination}; empty where unknown. */
    default Optional<IpAddress> sourceTowards(IpAddress destination) {
        return Optional.empty();
    }

    /** Ends one socket of this namespace, where its cookie is the one given. */
    default ActOutcome destroy(SocketId socket) {
        return new ActOutcome.NotOnThisSystem("only the running kernel can end a connection");
    }

    /** The way to write settings of this namespace; null where that cannot be done. */
    default @Nullable SettingFiles settings() {
        return null;
    }

    /** The way to what else this kernel can be asked; null where it does not run here, or its calls are not known. */
    default @Nullable LibC calls() {
        return null;
    }

    /** When the replies are from. */
    Instant readAt();

    boolean recorded();

    @Override
    void close();
}
