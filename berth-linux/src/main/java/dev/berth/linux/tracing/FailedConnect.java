package dev.berth.linux.tracing;

import dev.berth.linux.kernel.Errno;
import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.platform.HostReadException;
import dev.berth.platform.PortFailure;
import dev.berth.platform.SystemError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code sock:inet_sock_set_state}, include/trace/events/sock.h, where it tells of an automatic connect that found no port:
 * connect() enters SYN_SENT before it looks for one, so the way from there to CLOSE without a source port is that failure and no
 * other. Linux 4.16.
 */
record FailedConnect(int id, Fields.Field destinationPort, Fields.Field source, Fields.Field destination, int length)
        implements FailureEvent {
    static final String EVENT = "sock/inet_sock_set_state";
    /** TCP_SYN_SENT, TCP_CLOSE, IPPROTO_TCP: net/tcp_states.h, linux/in.h. */
    static final String FILTER = "oldstate==2 && newstate==7 && sport==0 && protocol==6";

    private static final int ADDRESS = 16; // IPv4 ones are there in their mapped form
    private static final SystemError NO_PORT =
            new SystemError(Errno.name(Errno.EADDRNOTAVAIL), Errno.EADDRNOTAVAIL); // inet_hash_connect(9)

    static FailedConnect of(int id, Fields fields) throws HostReadException {
        var port = fields.get("dport", Short.BYTES);
        var from = fields.get("saddr_v6", ADDRESS);
        var to = fields.get("daddr_v6", ADDRESS);
        return new FailedConnect(id, port, from, to, Math.max(port.end(), Math.max(from.end(), to.end())));
    }

    @Override
    public Told decode(ByteBuffer bytes, int at, int given) throws HostReadException {
        FailureEvent.check(given, length);
        int port = Short.toUnsignedInt(bytes.getShort(at + destinationPort.offset()));
        return new Told(
                PortFailure.Call.CONNECT,
                address(bytes, at + source.offset()),
                new Endpoint(address(bytes, at + destination.offset()), port),
                NO_PORT);
    }

    private static IpAddress address(ByteBuffer bytes, int at) {
        ByteBuffer network = bytes.duplicate().order(ByteOrder.BIG_ENDIAN);
        return new IpAddress(network.getLong(at), network.getLong(at + Long.BYTES));
    }
}
