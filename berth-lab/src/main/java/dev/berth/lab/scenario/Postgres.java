package dev.berth.lab.scenario;

import dev.berth.lab.LabException;
import dev.berth.lab.Need;
import dev.berth.lab.Stage;
import dev.berth.lab.ground.Machine;
import dev.berth.lab.ground.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The PostgreSQL of the distribution, its files in memory, with a user and a database {@code crm}. It runs as another user than root, as it
 * insists on, and leaves nothing in the host's shared memory, whatever ends it.
 */
final class Postgres {
    static final Need NEED = new Need(
            "PostgreSQL",
            "install it: on Debian and Ubuntu, apt-get install postgresql",
            null,
            () -> folder().isPresent());

    private static final Path DEBIAN =
            Path.of("/usr/lib/postgresql"); // a folder for each version, none of them in PATH
    private static final List<String> AS_USER = List.of(
            "unshare --user --map-user=1000 --map-group=1000 --ipc ",
            "unshare --ipc setpriv --reuid=65534 --regid=65534 --clear-groups "); // by root itself

    private Postgres() {}

    /** Starts it on {@code machine}, for connections to {@code address}; makes {@code psql} a command there. */
    static void start(Stage stage, Machine machine, String address)
            throws LabException, IOException, InterruptedException {
        Path programs = folder().orElseThrow();
        String asUser = asUser(machine);
        machine.must("mkdir data && { [ \"$(" + asUser + "id -u)\" = 1000 ] || chown 65534:65534 data; }");
        machine.must(asUser + programs.resolve("initdb")
                + " --no-sync --auth=trust --username=crm --no-locale --encoding=UTF8 --pgdata=data");
        machine.must("echo 'host all all all trust' >>data/pg_hba.conf");
        Running postgres = machine.start(
                "postgres",
                asUser + programs.resolve("postgres") + " -D data -F -k /run/lab/data -h " + address
                        + " -c max_connections=500 -c shared_buffers=16MB -c dynamic_shared_memory_type=mmap");
        postgres.await("ready to accept connections");
        stage.ground()
                .command(
                        "psql", List.of(programs.resolve("psql").toString(), "--host=/run/lab/data", "--username=crm"));
        machine.must("psql -d postgres -c 'create database crm'");
    }

    private static String asUser(Machine machine) throws LabException, IOException, InterruptedException {
        for (String way : AS_USER) {
            if (machine.run(way + "true").exitCode() == 0) {
                return way;
            }
        }
        throw new LabException(
                LabException.Kind.NOT_POSSIBLE,
                "cannot start PostgreSQL",
                "it refuses to run as root, and a user namespace for it is not allowed here",
                "run it as root, or allow user namespaces: sysctl user.max_user_namespaces");
    }

    private static Optional<Path> folder() {
        return Stream.concat(versions(), Need.FOLDERS.stream().map(Path::of))
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .findFirst();
    }

    private static Stream<Path> versions() {
        if (!Files.isDirectory(DEBIAN)) {
            return Stream.empty();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(version -> version.resolve("bin")).sorted(Comparator.reverseOrder()).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
