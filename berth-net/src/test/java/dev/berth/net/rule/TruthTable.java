package dev.berth.net.rule;

import dev.berth.net.Endpoint;
import dev.berth.net.IpAddress;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** What a kernel answered to 16,992 pairs of sockets: PROVENANCE.md beside the table. */
final class TruthTable {
    static final String USER = "0";

    private TruthTable() {}

    /** One line, its columns by name. */
    record Row(Map<String, String> columns) {
        Holding existing() {
            String state = column("existing_state");
            boolean single = state.equals("LISTEN") || state.equals("BOUND");
            return new Holding(
                    switch (state) {
                        case "FIN_WAIT2_ORPHAN" -> TcpState.FIN_WAIT2;
                        default -> TcpState.valueOf(state);
                    },
                    IpAddress.parse(column("existing_effective_local_addr")),
                    single ? null : Endpoint.parse("127.0.0.9:1009"),
                    Flag.of(leavesIpv4Alone()),
                    Sharing.linux(isOne("existing_reuseaddr"), isOne("existing_reuseport")),
                    USER,
                    0,
                    column("existing_kind").equals("outgoing_auto_port") ? Origin.AUTOMATIC : Origin.OWNED);
        }

        /** The column has what the program asked for; a bind to an IPv6 address sets the option by itself. */
        private boolean leavesIpv4Alone() {
            boolean boundToOneV6 = !column("existing_kind").equals("outgoing_auto_port")
                    && !IpAddress.parse(column("existing_bind_addr")).isV4()
                    && !column("existing_bind_addr").equals("::");
            return boundToOneV6 || isOne("existing_v6only");
        }

        WantedBind wanted() {
            return bind("new_bind_addr", "new_family", "new_v6only", "new_reuseaddr", "new_reuseport");
        }

        /** The existing socket, only bound so far, as if it bound a second time: what its listen() asks for. */
        WantedBind existingAsWanted() {
            return bind(
                    "existing_bind_addr",
                    "existing_family",
                    "existing_v6only",
                    "existing_reuseaddr",
                    "existing_reuseport");
        }

        /** The newcomer once it listens. */
        Holding newAsListener() {
            IpAddress address = IpAddress.parse(column("new_bind_addr"));
            return new Holding(
                    TcpState.LISTEN,
                    address,
                    null,
                    Flag.of(isOne("new_v6only") || !address.isV4() && !address.isAny()),
                    Sharing.linux(isOne("new_reuseaddr"), isOne("new_reuseport")),
                    USER,
                    0,
                    Origin.OWNED);
        }

        private WantedBind bind(String address, String family, String v6Only, String reuseAddress, String reusePort) {
            return new WantedBind(
                    Protocol.TCP,
                    IpAddress.parse(column(address)),
                    column(family).equals("inet6"),
                    isOne(v6Only),
                    Sharing.linux(isOne(reuseAddress), isOne(reusePort)),
                    USER,
                    0);
        }

        boolean bound() {
            return column("bind_result").equals("OK");
        }

        private boolean isOne(String name) {
            return column(name).equals("1");
        }

        String column(String name) {
            return Objects.requireNonNull(columns.get(name), name);
        }
    }

    static List<Row> rows() {
        var stream = Objects.requireNonNull(TruthTable.class.getResourceAsStream("linux-bind-truth-table.csv.gz"));
        try (var lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(stream), StandardCharsets.US_ASCII))) {
            List<String> names = Arrays.asList(lines.readLine().split(",", -1));
            return lines.lines().map(line -> row(names, line.split(",", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Row row(List<String> names, String[] cells) {
        var columns = new HashMap<String, String>();
        for (int i = 0; i < cells.length; i++) {
            columns.put(names.get(i), cells[i]);
        }
        return new Row(columns);
    }
}
