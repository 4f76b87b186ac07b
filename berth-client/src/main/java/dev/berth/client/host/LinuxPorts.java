package dev.berth.client.host;

import dev.berth.net.PortRange;
import dev.berth.net.PortSet;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Optional;

/**
 * {@code ip_local_port_range} and {@code ip_local_reserved_ports} (ip-sysctl.rst), and the listeners of {@code net/tcp}
 * and {@code net/tcp6} (proc_net(5)), all of the calling thread's network namespace.
 */
public final class LinuxPorts implements HostPorts {
    private static final int USUAL_SETTING = 8 << 10;
    private static final int LONGEST_SETTING = 512 << 10; // all 65,536 ports one by one are 382,106 characters
    private static final int LESS_THAN_A_ROW = 128; // which has 150 characters, or more
    private static final String LISTEN = "0A";

    private final Path sysctl;
    private final Path sockets;

    public LinuxPorts() {
        this(Path.of("/proc"));
    }

    LinuxPorts(Path proc) {
        this.sysctl = proc.resolve("sys/net/ipv4");
        this.sockets = proc.resolve("thread-self/net");
    }

    @Override
    public Optional<PortRange> dynamicRange() {
        try {
            String[] ends = read(sysctl.resolve("ip_local_port_range")).strip().split("\\s+", 2);
            return Optional.of(new PortRange(Integer.parseInt(ends[0]), Integer.parseInt(ends[1])));
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<PortSet> reserved() {
        try {
            String text = read(sysctl.resolve("ip_local_reserved_ports")).strip();
            return Optional.of(PortSet.parse(withoutZero(text)));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Port 0 may be reserved, and is no port; the kernel writes the list in ascending order. */
    private static String withoutZero(String list) {
        if (list.startsWith("0-")) {
            return "1" + list.substring(1);
        }
        return list.equals("0") ? "" : list.startsWith("0,") ? list.substring(2) : list;
    }

    private static String read(Path file) throws IOException {
        String text = read(file, USUAL_SETTING);
        return text.length() < USUAL_SETTING ? text : read(file, LONGEST_SETTING);
    }

    /**
     * One read with room for all: the kernel answers at offset 0 only, and what is longer than the buffer is lost. By a stream,
     * since an interrupted thread cannot read from a {@link java.nio.channels.FileChannel}.
     */
    private static String read(Path file, int room) throws IOException {
        byte[] text = new byte[room];
        try (InputStream in = Files.newInputStream(file)) {
            return new String(text, 0, Math.max(0, in.read(text)), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public PortSet listening() {
        var ports = new BitSet();
        addListeners(sockets.resolve("tcp"), ports);
        addListeners(sockets.resolve("tcp6"), ports);
        return PortSet.of(ports);
    }

    /**
     * Listeners come first, so the connections after them need not be read: row by row, since for a larger read the kernel
     * would walk on through all its connections, or all its empty buckets.
     */
    private static void addListeners(Path table, BitSet ports) {
        try (InputStream rows = new BufferedInputStream(Files.newInputStream(table), LESS_THAN_A_ROW)) {
            row(rows); // the heading
            for (String row = row(rows); !row.isEmpty(); row = row(rows)) {
                String[] fields = row.strip().split("\\s+", 5); // number, local, remote, state
                if (fields.length < 5 || !fields[3].equals(LISTEN)) {
                    return;
                }
                ports.set(Integer.parseInt(fields[1].substring(fields[1].indexOf(':') + 1), 16));
            }
        } catch (IOException | NumberFormatException e) {
            // not there, or not as Linux writes it: a listener we do not know of costs a failed bind, no more
        }
    }

    private static String row(InputStream rows) throws IOException {
        var row = new StringBuilder();
        for (int next = rows.read(); next >= 0 && next != '\n'; next = rows.read()) {
            row.append((char) next);
        }
        return row.toString();
    }
}
