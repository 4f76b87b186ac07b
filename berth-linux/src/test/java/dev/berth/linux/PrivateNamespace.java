package dev.berth.linux;

import dev.berth.linux.kernel.LibC;
import dev.berth.linux.kernel.NativeBuffer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assumptions;

/** A network namespace that nobody else uses, with loopback up; it ends when closed, or when the tests end. */
public final class PrivateNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x4000_0000;

    private final Process holder;
    private final ExecutorService thread;

    private PrivateNamespace(Process holder) {
        this.holder = holder;
        this.thread = Executors.newSingleThreadExecutor(
                body -> Thread.ofPlatform().daemon().name("private-netns").unstarted(body));
    }

    /** Skips the test, visibly, where such a namespace cannot be made. */
    public static PrivateNamespace open() throws Exception {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux") && "root".equals(System.getProperty("user.name")),
                "a private network namespace takes Linux and root");
        Process holder = new ProcessBuilder("unshare", "-n", "sh", "-c", "ip link set lo up && echo up && exec cat")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        if (!"up".equals(output.readLine())) {
            holder.destroy();
            Assumptions.abort("unshare -n is not permitted here");
        }
        var namespace = new PrivateNamespace(holder);
        LibC libc = Objects.requireNonNull(LibC.here());
        namespace.call(() -> {
            NativeBuffer path = NativeBuffer.ofText("/proc/" + holder.pid() + "/ns/net");
            int file = libc.openat(LibC.AT_FDCWD, path, LibC.O_RDONLY | LibC.O_CLOEXEC);
            libc.setns(file, CLONE_NEWNET);
            libc.close(file);
            return file;
        });
        return namespace;
    }

    /** A process that does nothing but live there. */
    public int pid() {
        return (int) holder.pid();
    }

    /** Makes a call there; sockets made by it stay there. */
    public <T> T call(Callable<T> body) throws Exception {
        try {
            return thread.submit(body).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Changes a setting there; {@code key} is its path below {@code /proc/sys/net}. */
    public void set(String key, String value) throws Exception {
        call(() -> Files.writeString(Path.of("/proc/sys/net", key), value));
    }

    @Override
    public void close() throws IOException {
        thread.shutdown();
        holder.getOutputStream().close(); // cat ends with its input
    }
}
