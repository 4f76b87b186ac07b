package dev.berth.linux.kernel;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.platform.ActOutcome;
import dev.berth.platform.SocketId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Ends one socket: SOCK_DESTROY of sock_diag(7), Linux 4.5 and CONFIG_INET_DIAG_DESTROY. The kernel looks the socket up by
 * both its ends and its device, and leaves it alone where its cookie is another.
 */
final class DiagDestroy {
    static final int SOCK_DESTROY = 21;

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW_CLOEXEC = 3 | 0x8_0000;
    private static final int NETLINK_SOCK_DIAG = 4;
    private static final int MSG_DONTWAIT = 0x40; // the answer is queued before sendto(2) returns

    private static final int NLMSG_HEADER = 16;
    private static final int NLMSG_ERROR = 2;
    private static final int ERROR = 16; // offset in the answer; 0 is an acknowledgement
    private static final int NLM_F_REQUEST_ACK = 0x5;
    private static final int REQUEST_SIZE = 56; // struct inet_diag_req_v2
    private static final int ANY_STATE = -1;
    private static final int ADDRESS_SIZE = 16;
    private static final int IPPROTO_TCP = 6;
    private static final int IPPROTO_UDP = 17;

    private DiagDestroy() {}

    static ActOutcome attempt(LibC libc, SocketId socket) {
        int netlink = -1;
        try {
            netlink = libc.socket(AF_NETLINK, SOCK_RAW_CLOEXEC, NETLINK_SOCK_DIAG);
            NativeBuffer request = request(socket);
            libc.sendto(netlink, request, request.capacity(), 0);
            var answer = new NativeBuffer(NLMSG_HEADER + Integer.BYTES); // the rest repeats the request
            int length = libc.recvfrom(netlink, answer.bytes(), MSG_DONTWAIT);
            if (length < answer.capacity() || answer.bytes().getShort(4) != NLMSG_ERROR) {
                return new ActOutcome.Failed("the kernel's answer is not one to this request");
            }
            int error = -answer.bytes().getInt(ERROR);
            return error == 0 ? new ActOutcome.Done() : outcome(error);
        } catch (NativeCallException e) {
            return outcome(e);
        } finally {
            if (netlink >= 0) {
                libc.close(netlink);
            }
        }
    }

    static NativeBuffer request(SocketId socket) {
        var memory = new NativeBuffer(NLMSG_HEADER + REQUEST_SIZE);
        ByteBuffer bytes = memory.bytes();
        bytes.putInt(memory.capacity()).putShort((short) SOCK_DESTROY).putShort((short) NLM_F_REQUEST_ACK);
        bytes.putInt(1).putInt(0);
        // one of an IPv6 socket's IPv4 connections is found by its IPv4 addresses
        bytes.put((byte) SocketAddress.family(socket.local().address()));
        bytes.put((byte) (socket.protocol() == Protocol.TCP ? IPPROTO_TCP : IPPROTO_UDP));
        bytes.putShort((short) 0).putInt(ANY_STATE);
        Endpoint remote = socket.remote();
        bytes.order(ByteOrder.BIG_ENDIAN);
        bytes.putShort((short) socket.local().port()).putShort((short) (remote == null ? 0 : remote.port()));
        bytes.order(ByteOrder.nativeOrder());
        putAddress(bytes, socket.local().address().toBytes());
        putAddress(bytes, remote == null ? new byte[0] : remote.address().toBytes());
        bytes.putInt(socket.device());
        bytes.putInt((int) socket.cookie()).putInt((int) (socket.cookie() >>> Integer.SIZE));
        return memory;
    }

    private static void putAddress(ByteBuffer bytes, byte[] address) {
        int end = bytes.position() + ADDRESS_SIZE;
        bytes.put(address).position(end);
    }

    /** What it means that the question could not be asked, or the answer not be had. */
    static ActOutcome outcome(NativeCallException e) {
        return switch (e.errno()) {
            case Errno.EPERM, Errno.EACCES ->
                new ActOutcome.NotPermitted(
                        "a policy (seccomp, SELinux, AppArmor) that lets it use sock_diag: " + e.getMessage());
            case Errno.EAFNOSUPPORT, Errno.EPROTONOSUPPORT, Errno.ECONNREFUSED, Errno.ENOSYS ->
                new ActOutcome.NotOnThisSystem("this kernel has no sock_diag: " + e.getMessage());
            default -> new ActOutcome.Failed("sock_diag could not be asked: " + e.getMessage());
        };
    }

    /** What the kernel means by an error it answers with. */
    static ActOutcome outcome(int error) {
        return switch (error) {
            case Errno.ENOENT, Errno.ESTALE ->
                new ActOutcome.Gone("the connection has ended, or its place has been taken by another");
            case Errno.EPERM, Errno.EACCES -> new ActOutcome.NotPermitted("CAP_NET_ADMIN");
            case Errno.EOPNOTSUPP, Errno.EINVAL ->
                new ActOutcome.NotOnThisSystem(
                        "this kernel cannot end a connection: it is older than Linux 4.5, or built without"
                                + " CONFIG_INET_DIAG_DESTROY");
            default -> new ActOutcome.Failed("SOCK_DESTROY: " + Errno.name(error));
        };
    }
}
