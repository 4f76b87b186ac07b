package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.net.Cases;
import dev.berth.net.Endpoint;
import dev.berth.net.Given;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SocketColumnsTest {
    @Test
    void what_is_appended_is_read_back_in_order() {
        Cases.of(random -> rows(random, random.nextInt(9_000))).count(20).forEach(rows -> {
            var columns = new SocketColumns();
            rows.forEach(columns::append);
            assertThat(read(columns)).isEqualTo(rows);
        });
    }

    @Test
    void two_tables_become_one_and_the_second_is_empty() {
        Cases.of(random -> List.of(rows(random, random.nextInt(9_000)), rows(random, random.nextInt(9_000))))
                .count(20)
                .forEach(both -> {
                    var one = new SocketColumns();
                    var other = new SocketColumns();
                    both.get(0).forEach(one::append);
                    both.get(1).forEach(other::append);
                    one.appendAll(other);
                    var all = new ArrayList<>(both.get(0));
                    all.addAll(both.get(1));
                    assertThat(read(one)).containsExactlyInAnyOrderElementsOf(all);
                    assertThat(other.size()).isZero();
                });
    }

    @Test
    void any_row_is_reached_by_its_number() {
        var rows = rows(new Random(1), 5_000);
        var columns = new SocketColumns();
        rows.forEach(columns::append);
        assertThat(TestRow.copyOf(columns.cursor().moveTo(4_321))).isEqualTo(rows.get(4_321));
    }

    @Test
    void a_million_sockets_fit_in_a_hundred_megabytes() {
        var columns = new SocketColumns();
        var row = rows(new Random(1), 1).getFirst();
        long before = usedHeapAfterCollection();
        for (int i = 0; i < 1_000_000; i++) {
            columns.append(row);
        }
        long used = usedHeapAfterCollection() - before;
        assertThat(columns.size()).isEqualTo(1_000_000);
        assertThat(used).isLessThan(100_000_000);
    }

    private static long usedHeapAfterCollection() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static List<TestRow> read(SocketColumns columns) {
        var rows = new ArrayList<TestRow>();
        for (var row = columns.cursor(); row.next(); ) {
            rows.add(TestRow.copyOf(row));
        }
        return rows;
    }

    private static List<TestRow> rows(Random random, int count) {
        var rows = new ArrayList<TestRow>();
        for (int i = 0; i < count; i++) {
            Endpoint local = Given.endpoint(random);
            Endpoint remote = Given.endpoint(random);
            rows.add(new TestRow(
                    random.nextBoolean() ? Protocol.TCP : Protocol.UDP,
                    TcpState.of(random.nextInt(TcpState.COUNT)),
                    local.address(),
                    local.port(),
                    remote.address(),
                    remote.port(),
                    Integer.toUnsignedLong(random.nextInt()),
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(),
                    random.nextInt(60_001) - 1,
                    random.nextInt(1 << 30),
                    random.nextInt(1 << 30),
                    random.nextInt(100),
                    random.nextBoolean()));
        }
        return rows;
    }

    private record TestRow(
            Protocol protocol,
            TcpState state,
            IpAddress localAddress,
            int localPort,
            IpAddress remoteAddress,
            int remotePort,
            long inode,
            long cookie,
            long cgroup,
            int uid,
            int expiresInMillis,
            long receiveQueue,
            long sendQueue,
            int device,
            boolean v6Only)
            implements SocketRow {
        static TestRow copyOf(SocketRow row) {
            return new TestRow(
                    row.protocol(),
                    row.state(),
                    row.localAddress(),
                    row.localPort(),
                    row.remoteAddress(),
                    row.remotePort(),
                    row.inode(),
                    row.cookie(),
                    row.cgroup(),
                    row.uid(),
                    row.expiresInMillis(),
                    row.receiveQueue(),
                    row.sendQueue(),
                    row.device(),
                    row.v6Only());
        }

        @Override
        public long localHigh() {
            return localAddress.high();
        }

        @Override
        public long localLow() {
            return localAddress.low();
        }

        @Override
        public long remoteHigh() {
            return remoteAddress.high();
        }

        @Override
        public long remoteLow() {
            return remoteAddress.low();
        }
    }
}
