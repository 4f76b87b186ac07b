package dev.berth.linux.sockets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketQuery;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Whatever comes, rows come out or one kind of exception. Fuzzing: {@code JAZZER_FUZZ=1 mvn test -Dtest=DecodersFuzzTest}. */
class DecodersFuzzTest {
    @FuzzTest
    void bytes_are_sockets_or_refused(byte[] bytes) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, DiagCursor.DATAGRAM_CAPACITY));
        drain(Recorded.diag(List.of(first), SocketQuery.everything()));
    }

    @FuzzTest
    void text_is_sockets_or_refused(byte[] text) {
        drain(Recorded.procNet(Map.of("/proc/net/tcp", text), SocketQuery.everything()));
    }

    private static void drain(SocketCursor cursor) {
        var columns = new SocketColumns();
        try {
            while (cursor.next()) {
                columns.append(cursor);
            }
        } catch (HostReadException refused) {
            // the one exception that may come out
        }
    }
}
