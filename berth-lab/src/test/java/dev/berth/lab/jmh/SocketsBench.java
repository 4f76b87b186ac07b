package dev.berth.lab.jmh;

import dev.berth.diagnosis.survey.Survey;
import dev.berth.net.PortSet;
import dev.berth.platform.HostReadException;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketCursor;
import dev.berth.platform.SocketDump;
import dev.berth.platform.SocketRow;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one socket of 100,000 costs on its way from sock_diag's reply to an answer, without the kernel: decoded, kept in columns, read
 * from them, and summed up. Budget for memory: no object for a socket; what is kept of one is about 80 bytes of columns, what is
 * summed up of one some 30 bytes of tables (its inode and its port).
 *
 * <pre>{@code bench/jmh.sh SocketsBench -prof gc}</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@OperationsPerInvocation(SocketsBench.SOCKETS)
public class SocketsBench {
    static final int SOCKETS = 100_000;

    private final MadeUpSockets kernel = new MadeUpSockets(SOCKETS);
    private SocketColumns columns = new SocketColumns();

    /** Public for JMH. */
    public SocketsBench() {}

    /** Fills the columns that are read. */
    @Setup(Level.Trial)
    public void keep() throws HostReadException {
        columns = kept();
        if (columns.size() != SOCKETS) {
            throw new IllegalStateException(columns.size() + " of " + SOCKETS + " sockets");
        }
    }

    /** Every field of every row, as it lies in the reply. */
    @Benchmark
    public long decode() throws HostReadException {
        try (SocketDump dump = kernel.dump()) {
            return sum(dump.parts().getFirst());
        }
    }

    @Benchmark
    public SocketColumns decode_and_keep() throws HostReadException {
        return kept();
    }

    private SocketColumns kept() throws HostReadException {
        var kept = new SocketColumns();
        try (SocketDump dump = kernel.dump()) {
            for (SocketCursor row : dump.parts()) {
                while (row.next()) {
                    kept.append(row);
                }
            }
        }
        return kept;
    }

    @Benchmark
    public long scan_columns() throws HostReadException {
        return sum(columns.cursor());
    }

    private static long sum(SocketCursor cursor) throws HostReadException {
        long sum = 0;
        while (cursor.next()) {
            sum += fields(cursor);
        }
        return sum;
    }

    private static long fields(SocketRow row) {
        return row.localHigh()
                + row.localLow()
                + row.localPort()
                + row.remoteHigh()
                + row.remoteLow()
                + row.remotePort()
                + row.state().hashCode()
                + row.inode()
                + row.cookie()
                + row.cgroup()
                + row.uid()
                + row.expiresInMillis();
    }

    @Benchmark
    public Survey decode_and_sum_up() throws HostReadException {
        try (SocketDump dump = kernel.dump()) {
            return summedUp(dump.parts().getFirst());
        }
    }

    @Benchmark
    public Survey sum_up_columns() throws HostReadException {
        return summedUp(columns.cursor());
    }

    private static Survey summedUp(SocketCursor rows) throws HostReadException {
        var survey = new Survey(MadeUpSockets.POLICY, PortSet.EMPTY);
        survey.read(rows);
        return survey;
    }
}
