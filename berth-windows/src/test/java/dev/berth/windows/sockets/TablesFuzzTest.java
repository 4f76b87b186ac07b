package dev.berth.windows.sockets;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.berth.net.Protocol;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketQuery;
import dev.berth.windows.system.SocketTable;
import dev.berth.windows.system.SocketTable.Rows;

/** Whatever comes, rows come out. Fuzzing: {@code JAZZER_FUZZ=1 mvn test -Dtest=TablesFuzzTest}. */
class TablesFuzzTest {
    @FuzzTest
    void bytes_are_sockets_or_a_gap(byte @NotNull [] bytes) throws HostReadException {
        for (Protocol protocol : Protocol.values()) {
            for (Rows rows : Rows.values()) {
                for (boolean v6 : new boolean[] {false, true}) {
                    drain(new SocketTable(protocol, v6, rows, rows == Rows.ROW2), bytes);
                }
            }
        }
    }

    private static void drain(SocketTable table, byte[] bytes) throws HostReadException {
        var columns = new SocketColumns();
        SocketCursor row = WindowsSockets.dump(TablesOnly.withoutSockets().with(table, bytes), SocketQuery.everything())
                .parts()
                .getFirst();
        while (row.next()) {
            columns.append(row);
        }
    }
}
