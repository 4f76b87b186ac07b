package dev.berth.client.servers;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** MariaDB on a free port of 127.0.0.1, with TLS for who wants it; the user is {@code berth}, without a password. */
public final class MariaDb {
    private static @Nullable MariaDb shared;

    private final int port;

    private MariaDb(int port) {
        this.port = port;
    }

    /** One for all tests of this run; started by the first that asks, stopped at the end. Skips the test where it is missing. */
    public static synchronized MariaDb shared() throws Exception {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static MariaDb start() throws Exception {
        Path program = Programs.find("mariadbd", "mariadb-server-core");
        Path install = Programs.find("mariadb-install-db", "mariadb-server-core");
        Path folder = Files.createTempDirectory("berth-mariadb");
        String data = "--datadir=" + folder.resolve("data");
        SelfSigned identity = SelfSigned.make(folder, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Path statements = Files.writeString(
                folder.resolve("init.sql"), // one statement a line
                """
                CREATE USER berth@'%';
                GRANT ALL ON *.* TO berth@'%';
                """);
        ServerProcess.run(
                folder,
                install.toString(),
                "--no-defaults",
                data,
                "--auth-root-authentication-method=normal",
                "--skip-test-db");
        int port = ServerProcess.freePort();
        ServerProcess.start(
                folder,
                "ready for connections",
                program.toString(),
                "--no-defaults",
                data,
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--skip-name-resolve",
                "--ssl-cert=" + identity.certificate(),
                "--ssl-key=" + identity.key(),
                "--innodb-flush-log-at-trx-commit=0",
                "--init-file=" + statements);
        return new MariaDb(port);
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }
}
