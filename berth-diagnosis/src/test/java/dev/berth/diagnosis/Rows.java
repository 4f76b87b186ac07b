package dev.berth.diagnosis;

import dev.berth.net.Endpoint;
import dev.berth.net.Protocol;
import dev.berth.net.TcpState;
import dev.berth.platform.SocketColumns;
import dev.berth.platform.SocketRow;

/** Sockets as a line of text each: {@code LOCAL STATE [REMOTE] [inode=N] [expires=MILLIS] [udp] [v6only]}. */
public final class Rows {
    private Rows() {}

    public static SocketColumns of(String... lines) {
        var columns = new SocketColumns();
        for (String line : lines) {
            columns.append(row(line));
        }
        return columns;
    }

    public static Row row(String line) {
        String[] words = line.split(" +", -1);
        Endpoint remote = null;
        long inode = 0;
        int expires = -1;
        boolean v6Only = false;
        Protocol protocol = Protocol.TCP;
        for (int i = 2; i < words.length; i++) {
            String word = words[i];
            if (word.startsWith("inode=")) {
                inode = Long.parseLong(word.substring(6));
            } else if (word.startsWith("expires=")) {
                expires = Integer.parseInt(word.substring(8));
            } else if (word.equals("udp")) {
                protocol = Protocol.UDP;
            } else if (word.equals("v6only")) {
                v6Only = true;
            } else {
                remote = Endpoint.parse(word);
            }
        }
        Endpoint local = Endpoint.parse(words[0]);
        return new Row(
                protocol,
                TcpState.valueOf(words[1]),
                local,
                remote == null ? new Endpoint(local.address(), 0) : remote,
                inode,
                expires,
                v6Only);
    }

    public record Row(
            Protocol protocol,
            TcpState state,
            Endpoint local,
            Endpoint remote,
            long inode,
            int expiresInMillis,
            boolean v6Only)
            implements SocketRow {
        @Override
        public long localHigh() {
            return local.address().high();
        }

        @Override
        public long localLow() {
            return local.address().low();
        }

        @Override
        public int localPort() {
            return local.port();
        }

        @Override
        public long remoteHigh() {
            return remote.address().high();
        }

        @Override
        public long remoteLow() {
            return remote.address().low();
        }

        @Override
        public int remotePort() {
            return remote.port();
        }

        @Override
        public long cookie() {
            return 0;
        }

        @Override
        public long cgroup() {
            return 0;
        }

        @Override
        public int uid() {
            return 0;
        }

        @Override
        public long receiveQueue() {
            return 0;
        }

        @Override
        public long sendQueue() {
            return 0;
        }

        @Override
        public int device() {
            return 0;
        }
    }
}
