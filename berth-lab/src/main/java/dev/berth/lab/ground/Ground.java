package dev.berth.lab.ground;

import dev.berth.lab.LabException;
import dev.berth.lab.LabException.Kind;
import dev.berth.lab.Need;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Network, process and mount namespaces of their own, with one machine in them and room for more. What is done there ends with them,
 * and the host is as it was: its settings are not theirs, {@code /run} and {@code /etc/sysctl.d} are empty there and in memory. In a
 * control group namespace, too, or all that runs there would belong to the service or the session that Berth was started from.
 *
 * <p>Without root they lie in a user namespace. They are held by a process that ends with its standard input, and all that runs there ends
 * with it, whatever becomes of this process.
 */
public final class Ground implements AutoCloseable {
    private static final String CANNOT = "cannot open the lab";

    /** What it takes, whatever is staged: a folder that is to be hidden has to be there, or what is written to it would be the host's. */
    private static final List<Need> NEEDS = List.of(
            Need.program("unshare", "util-linux"),
            Need.program("nsenter", "util-linux"),
            Need.program("setsid", "util-linux"),
            Need.program("mount", "mount"),
            Need.program("ip", "iproute2"),
            Need.folder("/etc/sysctl.d"));

    private static final String FIRST_PROCESS = "1"; // there; ip-link(8) takes a network namespace by a process, too

    private static final String SET_UP = """
            set -e
            mount -t tmpfs -o mode=755 lab /run
            mkdir /run/lab /run/lab/bin /run/lab/java /run/lab/tmp /run/netns /run/lock
            mount -t tmpfs lab /etc/sysctl.d
            ip link set lo up
            echo ready
            read -r keep
            exec sleep infinity </dev/null >/dev/null 2>&1
            """;

    /** A JVM that starts fast and writes nothing outside: it takes neither TMPDIR nor HOME. */
    private static final List<String> JVM = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            "-Xshare:auto",
            "-Djava.io.tmpdir=" + Entry.FOLDER + "/tmp",
            "-Duser.home=" + Entry.FOLDER);

    private static final long END_WITHIN_SECONDS = 5;

    private final Process holder;
    private final Entry entry;
    private final List<Machine> machines = new ArrayList<>();
    private final Thread hook = new Thread(this::endWithProcess, "end of the lab");
    private volatile boolean processEnds;
    private boolean kept;

    private Ground(Process holder, Entry entry) {
        this.holder = holder;
        this.entry = entry;
        machines.add(new Machine(this, "lab", FIRST_PROCESS, List.of()));
    }

    /**
     * @param berth the command that runs Berth, to be typed there as {@code berth}
     */
    public static Ground open(List<String> berth) throws LabException, IOException {
        return open(berth, CANNOT, List.of());
    }

    /**
     * @param cannot what fails where something is missing, as in {@code cannot stage burst}
     * @param needs what it takes besides
     */
    public static Ground open(List<String> berth, String cannot, List<Need> needs) throws LabException, IOException {
        requireLinux();
        Need.requireAll(cannot, Stream.concat(NEEDS.stream(), needs.stream()).toList());
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        var command = new ArrayList<>(List.of("setsid", "unshare"));
        if (!root) {
            command.addAll(List.of("--user", "--map-root-user"));
        }
        command.addAll(List.of("--net", "--mount", "--cgroup", "--pid"));
        command.addAll(List.of("--fork", "--kill-child", "--mount-proc", "sh", "-c", SET_UP));
        Process holder = Entry.environment(new ProcessBuilder(command))
                .redirectErrorStream(true)
                .start();
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
        var ground = new Ground(
                holder, new Entry(holder.children().findFirst().orElseThrow().pid(), root));
        try {
            Runtime.getRuntime().addShutdownHook(ground.hook);
        } catch (IllegalStateException e) {
            awaitEndOfProcess();
        }
        try {
            ground.command("berth", berth);
            ground.write("bin/enter", Entry.script());
        } catch (IOException e) {
            ground.close();
            throw e;
        }
        return ground;
    }

    private static void requireLinux() throws LabException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw cannot(
                    "it takes network namespaces, which only Linux has", "run it on a Linux machine, or under WSL 2");
        }
    }

    private static LabException cannot(String why, String next) {
        return new LabException(Kind.NOT_POSSIBLE, CANNOT, why, next);
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
        machine()
                .must(
                        "ip netns add " + name + " && ip -n " + name + " link set lo up",
                        "room for one more network namespace");
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
        one.must(
                "ip link add " + other.name() + " type veth peer name " + one.name() + " netns " + other.namespace(),
                "veth in its kernel");
        one.address(other.name(), address);
        other.address(one.name(), otherAddress);
    }

    /** Makes {@code name} a command that can be typed there. */
    public void command(String name, List<String> command) throws IOException {
        String words = command.stream().map(Entry::quoted).collect(Collectors.joining(" "));
        write("bin/" + name, "#!/bin/sh\nexec " + words + " \"$@\"\n");
    }

    private void write(String name, String script) throws IOException {
        Path file = Files.writeString(path(name), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes {@code name} a command that runs a Java program of the lab, in a process of that name. */
    public void program(String name, Class<?> main) throws IOException {
        String process = "java/" + name; // the kernel names a process after the file it was started from
        Files.createSymbolicLink(path(process), OwnJava.command());
        command(
                name,
                Stream.of(
                                Stream.of(Entry.FOLDER + "/" + process),
                                JVM.stream(),
                                OwnJava.started(main.getName()).stream())
                        .flatMap(words -> words)
                        .toList());
    }

    /** A file of the working directory there, as it is reached from here. */
    public Path path(String name) {
        return entry.path(name);
    }

    /** What a person types on the host to get a shell on the first machine, or on the one that is named behind it. */
    public List<String> enter() {
        return entry.enter();
    }

    /** What a person types on the host to end all that was kept. */
    public List<String> end() {
        return entry.end();
    }

    ProcessBuilder inside(Machine machine, String line) {
        return entry.inside(machine, line);
    }

    /** Lets all that is there go on when this is closed, and when this process ends. */
    public void keep() throws IOException {
        try (var orders = holder.outputWriter(StandardCharsets.US_ASCII)) {
            orders.write("keep\n");
        }
        kept = true;
    }

    /** Returns unless this process is about to end by a signal: what is seen here then is not what happened. */
    public void awaitNoEnd() {
        if (processEnds) {
            awaitEndOfProcess();
        }
    }

    private void endWithProcess() {
        processEnds = true;
        endAll();
    }

    /** The holder ends with its input, and everything there with the holder. */
    private void endAll() {
        try {
            holder.getOutputStream().close();
        } catch (IOException e) {
            // it has ended
        }
        holder.onExit()
                .completeOnTimeout(holder, END_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join();
        holder.destroyForcibly();
    }

    private void forgetHook() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            awaitEndOfProcess();
        }
    }

    /** The JVM ends it when all hooks are done, with the exit code that tells the signal. */
    private static void awaitEndOfProcess() {
        while (true) {
            LockSupport.park();
        }
    }

    /** Ends all that is there, unless it is to be kept. */
    @Override
    public void close() {
        forgetHook();
        if (!kept) {
            endAll();
        }
    }
}
