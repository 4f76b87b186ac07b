package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.platform.NetworkNamespace;
import dev.berth.platform.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The command that frees a port, as it is to be typed: {@code berth free 1433 --by destroy}.
 *
 * @param address the address to free: {@code ::} for the dual-stack wildcard
 * @param foreign the network namespace it is in where that is not the reader's own; else null
 * @param onWindows whether the host is a Windows
 */
public record FreeLine(
        int port,
        Protocol protocol,
        IpAddress address,
        @Nullable NetworkNamespace foreign,
        boolean onWindows) {
    /** Of a Linux. */
    public FreeLine(int port, Protocol protocol, IpAddress address, @Nullable NetworkNamespace foreign) {
        this(port, protocol, address, foreign, false);
    }

    static FreeLine of(WhyFacts facts) {
        return new FreeLine(
                facts.port(),
                facts.protocol(),
                facts.address(),
                facts.settings().foreign(),
                !facts.linux());
    }

    /** Frees {@code local} in the namespace that the settings are of. */
    public static FreeLine of(Endpoint local, Settings settings) {
        return new FreeLine(local.port(), Protocol.TCP, local.address(), settings.foreign(), settings.ofWindows());
    }

    /**
     * @param way the only way to take, or null for the gentlest
     * @param otherwise what is to be typed where it is not known how to call the namespace
     */
    @Nullable
    public String by(@Nullable String way, @Nullable String otherwise) {
        String option = foreign == null ? null : foreign.option();
        if (foreign != null && option == null) {
            return otherwise;
        }
        return "berth free " + port
                + (protocol == Protocol.TCP ? "" : " --protocol " + protocol.label())
                + (address.equals(IpAddress.ANY_V6) ? "" : " --address " + address)
                + (way == null ? "" : " --by " + way)
                + (option == null ? "" : " --netns " + EndHolder.quoted(option));
    }
}
