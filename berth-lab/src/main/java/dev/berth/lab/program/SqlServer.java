package dev.berth.lab.program;

import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A server on port 1433 that writes into {@code errorlog}, and to standard output, what SQL Server writes when it gets the port and when not. */
public final class SqlServer {
    private static final int PORT = 1433;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SS", Locale.ROOT);

    private final PrintStream log;

    private SqlServer(PrintStream log) {
        this.log = log;
    }

    public static void main(String... args) throws IOException {
        try (var log = new PrintStream(Files.newOutputStream(Path.of("errorlog")), true, StandardCharsets.US_ASCII)) {
            System.exit(new SqlServer(log).serve());
        }
    }

    private int serve() throws IOException {
        try (var server = new ServerSocket(PORT)) {
            write("Server is listening on [ 'any' <ipv6> " + PORT + "].");
            write("SQL Server is now ready for client connections.");
            while (true) {
                server.accept().close();
            }
        } catch (BindException e) {
            write("Server TCP provider failed to listen on [ 'any' <ipv6> " + PORT + "]. Tcp port is already in use.");
            write("Error: 17182, Severity: 16, State: 1.");
            return 1;
        }
    }

    private void write(String message) {
        String line = LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " spid12s     " + message;
        log.println(line);
        System.out.println(line);
    }
}
