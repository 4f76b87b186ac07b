package dev.berth.lab.program;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A session of PostgreSQL over TCP, without a password. Ends as those of every client library do: this side says so and closes first.
 *
 * <p>Source: PostgreSQL documentation, Frontend/Backend Protocol 3.0, start-up and simple query.
 */
final class PostgresSession implements AutoCloseable {
    private static final int PROTOCOL = 3 << 16;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final DataOutputStream out;

    PostgresSession(InetSocketAddress server, String user) throws IOException {
        try {
            socket.setTcpNoDelay(true);
            connect(server);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(socket.getOutputStream());
            var startUp = new ByteArrayOutputStream();
            new DataOutputStream(startUp).writeInt(PROTOCOL);
            startUp.writeBytes(text("user"));
            startUp.writeBytes(text(user));
            startUp.write(0);
            send(startUp.toByteArray());
            untilReady();
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void connect(InetSocketAddress server) throws IOException {
        try {
            socket.connect(server);
        } catch (IOException e) {
            throw new IOException("Connection to " + Address.text(server) + " failed: " + e.getMessage(), e);
        }
    }

    /** Runs one statement, of whose result only the failure is of interest. */
    void run(String sql) throws IOException {
        out.writeByte('Q');
        send(text(sql));
        untilReady();
    }

    private void send(byte[] body) throws IOException {
        var message = new ByteArrayOutputStream();
        var data = new DataOutputStream(message);
        data.writeInt(Integer.BYTES + body.length);
        data.write(body);
        message.writeTo(out);
    }

    private void untilReady() throws IOException {
        String error = "";
        while (true) {
            int type = in.readByte();
            byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
            switch (type) {
                case 'Z' -> {
                    if (!error.isEmpty()) {
                        throw new IOException("PostgreSQL says: " + error);
                    }
                    return;
                }
                case 'E' ->
                    error = new String(body, StandardCharsets.UTF_8)
                            .replace('\0', ' ')
                            .strip();
                default -> {} // settings, notices, how many rows
            }
        }
    }

    private static byte[] text(String words) {
        return (words + '\0').getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        try (socket) {
            out.writeByte('X');
            send(new byte[0]);
        }
    }
}
