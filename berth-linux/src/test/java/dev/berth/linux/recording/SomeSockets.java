package dev.berth.linux.recording;

import dev.berth.linux.sockets.DiagMessage;
import dev.berth.net.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Datagrams of sock_diag with sockets at random addresses, for properties. */
final class SomeSockets {
    private static final int MESSAGE = 16 + DiagMessage.SIZE;
    private static final List<String> ADDRESSES = List.of(
            "0.0.0.0",
            "127.0.0.1",
            "10.1.2.3",
            "10.1.2.4",
            "172.17.0.2",
            "192.168.1.9",
            "100.64.3.3",
            "169.254.1.1",
            "8.8.8.8",
            "93.184.216.34",
            "224.0.0.251",
            "::",
            "::1",
            "fe80::1",
            "fd00::5",
            "ff02::fb",
            "2a00:1450::8",
            "2606:4700::1",
            "64:ff9b::1");

    private SomeSockets() {}

    static IpAddress address(Random random) {
        if (random.nextInt(3) > 0) {
            return IpAddress.parse(ADDRESSES.get(random.nextInt(ADDRESSES.size())));
        }
        return random.nextBoolean()
                ? IpAddress.v4(random.nextInt())
                : new IpAddress(random.nextLong(), random.nextLong());
    }

    static ByteBuffer datagram(Random random) {
        int sockets = 1 + random.nextInt(20);
        ByteBuffer datagram = ByteBuffer.allocateDirect(sockets * MESSAGE).order(ByteOrder.nativeOrder());
        for (int i = 0; i < sockets; i++) {
            byte[] rest = new byte[MESSAGE];
            random.nextBytes(rest);
            int start = i * MESSAGE;
            datagram.put(start, rest).putInt(start, MESSAGE).putShort(start + 4, (short) 20);
            boolean v4 = random.nextBoolean();
            datagram.put(start + 16, (byte) (v4 ? 2 : 10));
            put(datagram, start + 16 + DiagMessage.SOURCE, address(random), v4);
            put(datagram, start + 16 + DiagMessage.DESTINATION, address(random), v4);
        }
        return datagram;
    }

    private static void put(ByteBuffer datagram, int at, IpAddress address, boolean v4) {
        byte[] whole = ByteBuffer.allocate(16)
                .putLong(address.high())
                .putLong(address.low())
                .array();
        datagram.put(at, whole, v4 ? 12 : 0, v4 ? 4 : 16);
    }

    /** Source and destination of each socket, as they stand in the datagram. */
    static List<IpAddress> addresses(ByteBuffer datagram) {
        var addresses = new ArrayList<IpAddress>();
        for (int start = 0; start < datagram.limit(); start += MESSAGE) {
            int size = datagram.get(start + 16) == 2 ? 4 : 16;
            for (int at : new int[] {DiagMessage.SOURCE, DiagMessage.DESTINATION}) {
                byte[] bytes = new byte[size];
                datagram.get(start + 16 + at, bytes);
                addresses.add(IpAddress.of(bytes));
            }
        }
        return addresses;
    }

    /** Everything but the addresses. */
    static ByteBuffer withoutAddresses(ByteBuffer datagram) {
        var rest =
                ByteBuffer.allocate(datagram.limit()).put(datagram.duplicate().rewind());
        for (int start = 0; start < datagram.limit(); start += MESSAGE) {
            int size = datagram.get(start + 16) == 2 ? 4 : 16;
            rest.put(start + 16 + DiagMessage.SOURCE, new byte[size]);
            rest.put(start + 16 + DiagMessage.DESTINATION, new byte[size]);
        }
        return rest.flip();
    }
}
