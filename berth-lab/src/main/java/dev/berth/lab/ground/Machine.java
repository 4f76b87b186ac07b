package dev.berth.lab.ground;

import dev.berth.lab.LabException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A host of a scenario: a network stack, settings and sockets of its own. */
public final class Machine {
    private static final Duration PATIENCE = Duration.ofMinutes(15); // for what hangs; a busy machine is slow

    private final Ground ground;
    private final String name;
    private final String namespace;
    private final List<String> entering;

    Machine(Ground ground, String name, String namespace, List<String> entering) {
        this.ground = ground;
        this.name = name;
        this.namespace = namespace;
        this.entering = entering;
    }

    public String name() {
        return name;
    }

    /** Its network namespace, in the words of ip-link(8). */
    String namespace() {
        return namespace;
    }

    List<String> entering() {
        return entering;
    }

    /** Runs a shell line to its end. */
    public Ran run(String line) throws LabException, IOException, InterruptedException {
        Process process = ground.inside(this, line).redirectErrorStream(true).start();
        process.getOutputStream().close();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> everything(process));
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            Running.end(process);
            throw LabException.failed(line + " did not end", "it was given " + PATIENCE.toMinutes() + " minutes");
        }
        return new Ran(output.join(), process.exitValue());
    }

    private static String everything(Process process) {
        try (var output = process.getInputStream()) {
            return new String(output.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "its output could not be read: " + e.getMessage();
        }
    }

    /** Runs a shell line that must succeed; what it wrote. */
    public String must(String line) throws LabException, IOException, InterruptedException {
        Ran ran = run(line);
        if (ran.exitCode() != 0) {
            throw LabException.failed(
                    line + " failed",
                    "exit " + ran.exitCode() + ": " + ran.output().strip());
        }
        return ran.output();
    }

    /** Runs a shell line that fails only where {@code lacking} is not, as in {@code veth in its kernel}. */
    void must(String line, String lacking) throws LabException, IOException, InterruptedException {
        Ran ran = run(line);
        if (ran.exitCode() != 0) {
            throw LabException.lacking(lacking, line, ran.lastWords());
        }
    }

    /** Starts a program that goes on; both of its streams go to {@code name.log}. */
    public Running start(String name, String line) throws IOException {
        String log = name + ".log";
        Files.deleteIfExists(ground.path(log)); // what was said before is not said now
        Process process = ground.inside(this, "exec >" + log + " 2>&1 </dev/null; exec " + line)
                .redirectErrorStream(true)
                .start();
        return new Running(line, process, log, ground.path(log));
    }

    /** Gives an interface one more address, with its prefix length. */
    public void address(String device, String address) throws LabException, IOException, InterruptedException {
        must("ip address add " + address + " dev " + device + " && ip link set " + device + " up");
    }

    /** Sends what is for nobody it is wired to by way of {@code gateway}. */
    public void defaultRoute(String gateway) throws LabException, IOException, InterruptedException {
        must("ip route add default via " + gateway);
    }

    /** Changes a setting; {@code key} is its path below {@code /proc/sys/net}. */
    public void set(String key, String value) throws LabException, IOException, InterruptedException {
        must("echo '" + value + "' >/proc/sys/net/" + key);
    }
}
