package dev.berth.client.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** PostgreSQL on a free port of 127.0.0.1, with TLS for who wants it; the user is {@code berth}, without a password; the database {@code postgres}. */
public final class Postgres {
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private static @Nullable Postgres shared;

    private final int port;

    private Postgres(int port) {
        this.port = port;
    }

    /** One for all tests of this run; started by the first that asks, stopped at the end. Skips the test where it is missing. */
    public static synchronized Postgres shared() throws Exception {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    private static Postgres start() throws Exception {
        Path program = program();
        Path folder = Files.createTempDirectory("berth-postgres");
        String data = folder.resolve("data").toString();
        SelfSigned identity = SelfSigned.make(folder, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Files.setPosixFilePermissions(identity.key(), PosixFilePermissions.fromString("rw-------"));
        ServerProcess.run(
                folder,
                program.resolveSibling("initdb").toString(),
                "--no-sync",
                "--auth=trust",
                "--username=berth",
                "--no-locale",
                "--encoding=UTF8",
                "--pgdata=" + data);
        Files.writeString(folder.resolve("data/pg_hba.conf"), "host all all 127.0.0.0/8 trust\n"); // any source address
        int port = ServerProcess.freePort();
        ServerProcess.start(
                folder,
                "database system is ready to accept connections",
                program.toString(),
                "-D",
                data,
                "-F",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-k",
                folder.toString(),
                "-c",
                "ssl=on",
                "-c",
                "ssl_cert_file=" + identity.certificate(),
                "-c",
                "ssl_key_file=" + identity.key());
        return new Postgres(port);
    }

    private static Path program() throws IOException {
        if (Files.isDirectory(DEBIAN)) { // one folder per version, none of them in PATH
            try (var versions = Files.list(DEBIAN)) {
                var newest = versions.map(version -> version.resolve("bin/postgres"))
                        .filter(Files::isExecutable)
                        .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        return Programs.find("postgres", "postgresql").toRealPath();
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return port;
    }
}
