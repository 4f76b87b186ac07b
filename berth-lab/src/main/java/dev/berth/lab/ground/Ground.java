package dev.berth.lab.ground;

import dev.berth.lab.LabException;
import dev.berth.lab.LabException.Kind;
import dev.berth.lab.Need;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Network, process and mount namespaces of their own, with one machine in them and room for more. What is done there ends with them,
 * and the host is as it was: its settings are not theirs, {@code /run} and {@code /etc/sysctl.d} are empty there and in memory.
 *
 * <p>Without root they lie in a user namespace. They are held by a process that ends with its standard input, and all that runs there ends
 * with it, whatever becomes of this process.
 */
public final class Ground implements AutoCloseable {
    /** The working directory of all that runs there. */
    static final String FOLDER = "/run/lab";

    private static final String FIRST_PROCESS = "1"; // there; ip-link(8) takes a network namespace by a process, too

    private static final String SET_UP = """
            set -e
            mount -t tmpfs -o mode=755 lab /run
            mkdir /run/lab /run/lab/bin /run/lab/java /run/netns /run/lock
            [ ! -d /etc/sysctl.d ] || mount -t tmpfs lab /etc/sysctl.d
            ip link set lo up
            echo ready
            exec "$@"
            """;

    private final Process holder;
    private final long resident;
    private final boolean root;
    private final boolean keep;
    private final List<Machine> machines = new ArrayList<>();

    private Ground(Process holder, long resident, boolean root, boolean keep) {
        this.holder = holder;
        this.resident = resident;
        this.root = root;
        this.keep = keep;
        machines.add(new Machine(this, "lab", FIRST_PROCESS, List.of()));
    }

    /**
     * @param berth the command that runs Berth, to be typed there as {@code berth}
     * @param keep whether it stays when it is closed
     */
    public static Ground open(List<String> berth, boolean keep) throws LabException, IOException, InterruptedException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw cannot(
                    "it takes network namespaces, which only Linux has", "run it on a Linux machine, or under WSL 2");
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        var command = new ArrayList<>(keep ? List.of("setsid", "unshare") : List.of("unshare"));
        if (!root) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of(
                "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "sh", "-c", SET_UP, "sh"));
        command.addAll(keep ? List.of("sleep", "infinity") : List.of("cat"));
        Process holder;
        try {
            holder = environment(new ProcessBuilder(command))
                    .redirectErrorStream(true)
                    .redirectInput(keep ? Redirect.from(Path.of("/dev/null").toFile()) : Redirect.PIPE)
                    .start();
        } catch (IOException e) {
            throw cannot("unshare cannot be run: " + e.getMessage(), "install util-linux");
        }
        String said = firstLine(holder);
        if (!said.equals("ready")) {
            holder.destroy();
            throw cannot(
                    "private namespaces are not allowed here: " + said,
                    root
                            ? "run it on the machine itself, or in a container with CAP_SYS_ADMIN and CAP_NET_ADMIN"
                            : "run it as root, or allow unprivileged user namespaces: sysctl user.max_user_namespaces,"
                                    + " kernel.apparmor_restrict_unprivileged_userns");
        }
        var ground =
                new Ground(holder, holder.children().findFirst().orElseThrow().pid(), root, keep);
        try {
            ground.command("berth", berth);
        } catch (IOException e) {
            ground.close();
            throw e;
        }
        return ground;
    }

    private static LabException cannot(String why, String next) {
        return new LabException(Kind.NOT_POSSIBLE, "cannot open the lab", why, next);
    }

    private static String firstLine(Process process) throws IOException {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        return line == null ? "unshare said nothing" : line;
    }

    /** The machine that is there from the start. */
    public Machine machine() {
        return machines.getFirst();
    }

    public List<Machine> machines() {
        return List.copyOf(machines);
    }

    /** Adds a machine with a network stack of its own, and nothing connected to it but its loopback. */
    public Machine add(String name) throws LabException, IOException, InterruptedException {
        machine().must("ip netns add " + name + " && ip -n " + name + " link set lo up");
        var added = new Machine(this, name, name, List.of("nsenter", "--net=/run/netns/" + name, "--"));
        machines.add(added);
        return added;
    }

    /**
     * Connects two machines by a cable (veth): on each the interface has the other's name, and an address with its prefix
     * length, as in {@code 192.0.2.1/24}.
     */
    public void wire(Machine one, String address, Machine other, String otherAddress)
            throws LabException, IOException, InterruptedException {
        one.must("ip link add " + other.name() + " type veth peer name " + one.name() + " netns " + other.namespace());
        one.address(other.name(), address);
        other.address(one.name(), otherAddress);
    }

    /** Makes {@code name} a command that can be typed there. */
    public void command(String name, List<String> command) throws IOException {
        String words = command.stream().map(Ground::quoted).collect(Collectors.joining(" "));
        Path file = Files.writeString(path("bin/" + name), "#!/bin/sh\nexec " + words + " \"$@\"\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes {@code name} a command that runs a Java program of the lab, in a process of that name. */
    public void program(String name, Class<?> main) throws IOException {
        String process = "java/" + name; // the kernel names a process after the file it was started from
        Files.createSymbolicLink(path(process), Path.of(System.getProperty("java.home"), "bin", "java"));
        command(
                name,
                List.of(
                        FOLDER + "/" + process,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "-cp",
                        classPath(),
                        main.getName()));
    }

    /** Of this process, from any working directory. */
    private static String classPath() {
        String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(path.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** A file of the working directory there, as it is reached from here. */
    public Path path(String name) {
        return Path.of("/proc/" + resident + "/root" + FOLDER).resolve(name);
    }

    /** What a person types on the host to get a shell there. */
    public List<String> enter() {
        var words = new ArrayList<>(entering());
        words.addAll(List.of(
                "env",
                "PATH=" + searchPath(),
                "BERTH_STATE=" + FOLDER + "/state",
                "sh",
                "-c",
                "cd " + FOLDER + "; exec sh"));
        return words;
    }

    /** What a person types on the host to end all that was kept. */
    public List<String> end() {
        return List.of("kill", "-9", Long.toString(resident));
    }

    ProcessBuilder inside(Machine machine, String line) {
        var words = new ArrayList<>(entering());
        words.addAll(machine.entering());
        words.addAll(List.of("sh", "-c", "cd " + FOLDER + " && " + line));
        return environment(new ProcessBuilder(words));
    }

    private List<String> entering() {
        List<String> user = root ? List.of() : List.of("--user", "--preserve-credentials");
        return Stream.of(
                        List.of("nsenter", "--target", Long.toString(resident)),
                        user,
                        List.of("--mount", "--net", "--pid", "--"))
                .flatMap(List::stream)
                .toList();
    }

    /** Nothing of the environment of this process but where programs are. */
    private static ProcessBuilder environment(ProcessBuilder builder) {
        builder.environment().clear();
        builder.environment().put("PATH", searchPath());
        builder.environment().put("HOME", FOLDER);
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().put("BERTH_STATE", FOLDER + "/state");
        return builder;
    }

    private static String searchPath() {
        return FOLDER + "/bin:" + String.join(":", Need.FOLDERS);
    }

    @Override
    public void close() throws IOException {
        if (!keep) {
            holder.getOutputStream().close(); // cat ends with its input, and everything there with cat
        }
    }
}
