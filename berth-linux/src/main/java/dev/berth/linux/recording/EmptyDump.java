package dev.berth.linux.recording;

import dev.berth.linux.kernel.Datagrams;
import java.nio.ByteBuffer;

/** A dump without sockets: one {@code NLMSG_DONE}, netlink(7), and the end. */
final class EmptyDump implements Datagrams {
    private static final int LENGTH = 20; // struct nlmsghdr and an error number
    private static final short NLMSG_DONE = 3;

    private boolean told;

    @Override
    public boolean receive(ByteBuffer into) {
        into.clear();
        if (!told) {
            told = true;
            into.putInt(LENGTH).putShort(NLMSG_DONE).putShort((short) 0); // no flags
            into.putInt(0).putInt(0).putInt(0); // sequence, port, error
            into.flip();
            return true;
        }
        into.flip();
        return false;
    }

    @Override
    public void close() {}
}
