package dev.berth.linux.sockets;

import dev.berth.linux.kernel.Datagrams;
import dev.berth.linux.kernel.KernelFiles;
import dev.berth.net.PortRange;
import dev.berth.net.Protocol;
import dev.berth.platform.SocketQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Replies that are not live: from the recording beside this class, or made up by a test. */
final class Recorded {
    private Recorded() {}

    static List<byte[]> tcp() throws IOException {
        ByteBuffer all = ByteBuffer.wrap(resource("tcp.datagrams")).order(ByteOrder.LITTLE_ENDIAN);
        var datagrams = new ArrayList<byte[]>();
        while (all.hasRemaining()) {
            byte[] datagram = new byte[all.getInt()];
            all.get(datagram);
            datagrams.add(datagram);
        }
        return datagrams;
    }

    static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }

    static DiagCursor diag(List<byte[]> datagrams, SocketQuery query) {
        Iterator<byte[]> left = datagrams.iterator();
        var replay = new Datagrams() {
            @Override
            public boolean receive(ByteBuffer into) {
                if (!left.hasNext()) {
                    return false;
                }
                into.clear().put(left.next()).flip();
                return true;
            }

            @Override
            public void close() {}
        };
        return new DiagCursor(List.of(new DiagCursor.Reply(Protocol.TCP, replay, new RowFilter(query, PortRange.ALL))));
    }

    static ProcNetCursor procNet(Map<String, byte[]> texts, SocketQuery query) {
        var files = new KernelFiles() {
            @Override
            public byte @Nullable [] read(String path) {
                return texts.get(path);
            }

            @Override
            public List<String> list(String directory) {
                return List.of();
            }
        };
        List<ProcNetCursor.Table> tables = texts.keySet().stream()
                .sorted()
                .map(path -> new ProcNetCursor.Table(path, Protocol.TCP))
                .toList();
        return new ProcNetCursor(files, tables, new RowFilter(query, PortRange.ALL));
    }
}
