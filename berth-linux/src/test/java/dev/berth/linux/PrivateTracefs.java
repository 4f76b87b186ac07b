package dev.berth.linux;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** The kernel's tracing, mounted where only the tests see it; the mount ends when closed, or when the tests end. */
public final class PrivateTracefs implements AutoCloseable {
    private static final String MOUNT =
            "[ -d /sys/kernel/tracing/instances ] || mount -t tracefs nodev /sys/kernel/tracing";

    private final Process holder;

    private PrivateTracefs(Process holder) {
        this.holder = holder;
    }

    /** Skips the test, visibly, where it cannot be mounted. */
    public static PrivateTracefs mount() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux") && "root".equals(System.getProperty("user.name")),
                "tracing takes Linux and root");
        Process holder = new ProcessBuilder("unshare", "-m", "sh", "-c", MOUNT + " && echo up && exec cat")
                .redirectErrorStream(true)
                .start();
        var output = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        String said = output.readLine();
        if (!"up".equals(said)) {
            holder.destroy();
            Assumptions.abort("tracefs cannot be mounted here: " + said);
        }
        return new PrivateTracefs(holder);
    }

    /** As seen from here, through the other mount namespace. */
    public Path root() {
        return Path.of("/proc/" + holder.pid() + "/root/sys/kernel/tracing");
    }

    /** The words that make the command after them see it where it belongs. */
    public List<String> within() {
        return List.of(
                "nsenter",
                "--mount=/proc/" + holder.pid() + "/ns/mnt",
                "--wdns=" + Path.of("").toAbsolutePath());
    }

    /** The instances that a process made. */
    public List<String> instancesOf(long pid) throws IOException {
        try (var all = Files.list(root().resolve("instances"))) {
            return all.map(instance -> instance.getFileName().toString())
                    .filter(name -> name.startsWith("berth-" + pid + "-"))
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close(); // cat ends with its input
    }
}
