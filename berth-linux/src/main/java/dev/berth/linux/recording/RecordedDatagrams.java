package dev.berth.linux.recording;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.platform.HostReadException;
import dev.berth.platform.HostReadException.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/** The datagrams of one dump as an entry: for each, its length in four bytes, high byte first, then its bytes. */
final class RecordedDatagrams implements Datagrams {
    private final DataInputStream in;

    RecordedDatagrams(InputStream entry) {
        this.in = new DataInputStream(entry);
    }

    static void append(DataOutputStream entry, ByteBuffer datagram) throws IOException {
        byte[] bytes = new byte[datagram.remaining()];
        datagram.get(bytes);
        entry.writeInt(bytes.length);
        entry.write(bytes);
    }

    @Override
    public boolean receive(ByteBuffer into) throws HostReadException {
        into.clear();
        try {
            int first = in.read();
            if (first < 0) {
                into.flip();
                return false;
            }
            int length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
            if (length < 0 || length > into.remaining()) {
                throw damaged("a datagram claims " + Integer.toUnsignedString(length) + " bytes");
            }
            byte[] bytes = new byte[length];
            in.readFully(bytes);
            into.put(bytes).flip();
            return true;
        } catch (IOException e) {
            throw damaged("a datagram is cut off");
        }
    }

    private static HostReadException damaged(String why) {
        return new HostReadException(
                Kind.BAD_INPUT, "cannot read the recorded sockets", why, "ask for a new recording");
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
