package dev.berth.packages;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A system as the distribution's installer leaves it, with essential packages only, and so without any Java; with a network,
 * mounts and processes of its own, and the packages of this checkout in {@code /mnt}. What is changed in it is gone when it is
 * closed.
 */
final class CleanRoot implements AutoCloseable {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path PRISTINE = TARGET.resolve("clean-root");

    /** $1 is the pristine system, $2 a folder to mount on, $3 the packages. Ends with its standard input. */
    private static final String HOLD = """
            mount -t tmpfs none "$2"
            mkdir "$2/upper" "$2/work" "$2/root"
            mount -t overlay none -o "lowerdir=$1,upperdir=$2/upper,workdir=$2/work" "$2/root"
            mount -t proc proc "$2/root/proc"
            mount --bind "$3" "$2/root/mnt"
            ip link set lo up
            echo up
            exec chroot "$2/root" cat
            """;

    private final Process holder;
    private final long inside;

    private CleanRoot(Process holder, long inside) {
        this.holder = holder;
        this.inside = inside;
    }

    /** Skips the test, visibly, where such a system cannot be made; under CI that fails it, but for a user who is not root. */
    static CleanRoot open(Path packages) throws Exception {
        Path pristine = pristine();
        Path ground = Files.createTempDirectory(TARGET, "root");
        Process holder = new ProcessBuilder(
                        "unshare",
                        "--mount",
                        "--net",
                        "--pid",
                        "--ipc",
                        "--uts",
                        "--fork",
                        "--kill-child",
                        "--propagation",
                        "private",
                        "sh",
                        "-euc",
                        HOLD,
                        "hold",
                        pristine.toString(),
                        ground.toString(),
                        packages.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var output = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        if (!"up".equals(output.readLine())) {
            holder.destroy();
            cannot("namespaces and overlays are not permitted here", null);
        }
        ground.toFile().deleteOnExit(); // empty, outside of those mounts
        return new CleanRoot(holder, holder.children().findFirst().orElseThrow().pid());
    }

    /** Runs a script of the shell as root, which fails the test where it fails. @return what it printed */
    String run(String script) throws Exception {
        var command = new ArrayList<>(List.of("nsenter", "--target", Long.toString(inside)));
        command.addAll(List.of("--mount", "--net", "--pid", "--ipc", "--uts", "--root", "--wd"));
        command.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "HOME=/root"));
        command.addAll(List.of("sh", "-euc", script));
        return Tool.run(PRISTINE, Map.of(), command);
    }

    /** As {@link #run}, as a user who has nothing but a name. */
    String runAsNobody(String script) throws Exception {
        return run("exec setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/nonexistent sh -euc '"
                + script.replace("'", "'\\''") + "'");
    }

    /** Everything in it but what dpkg keeps of its own doings: place, kind, permissions, owner and content. */
    String listing() throws Exception {
        return run("""
                find / -xdev ! -path '/var/lib/dpkg/*' ! -path /var/log/dpkg.log -printf '%p %y %m %U:%G %l\\n' | sort
                find / -xdev -type f ! -path '/var/lib/dpkg/*' ! -path /var/log/dpkg.log ! -path '/usr/*' -exec md5sum {} + | sort
                """);
    }

    private static synchronized Path pristine() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "a clean system is made, and entered, by root");
        if (!Tool.isThere("mmdebstrap")) {
            cannot("mmdebstrap is not installed: apt-get install mmdebstrap", null);
        }
        if (!Files.exists(PRISTINE)) {
            Path making = TARGET.resolve("clean-root.making");
            Folder.delete(making);
            var command = new ArrayList<>(List.of("mmdebstrap", "--quiet", "--mode=root", "--variant=essential"));
            try {
                command.addAll(List.of(suite(), making.toString(), mirror()));
                Tool.run(TARGET, Map.of("LC_ALL", "C"), command);
            } catch (PackagingException e) {
                cannot(e.told(), e);
            }
            Files.move(making, PRISTINE);
        }
        return PRISTINE;
    }

    /** Under CI nothing tried is nothing proved. */
    private static void cannot(String reason, @Nullable Exception cause) {
        if (System.getenv("CI") != null) {
            throw new AssertionError(reason, cause);
        }
        abort(reason);
    }

    private static String suite() throws IOException {
        var release = new Properties();
        try (var in = Files.newInputStream(Path.of("/etc/os-release"))) {
            release.load(in);
        }
        return release.getProperty("VERSION_CODENAME");
    }

    /** From where this system would get its own dpkg: other sources may have nothing for a new one. */
    private static String mirror() throws Exception {
        String uri = Tool.run(TARGET, Map.of(), List.of("apt-get", "--print-uris", "download", "dpkg"));
        return uri.substring(uri.indexOf('\'') + 1, uri.indexOf("/pool/"));
    }

    @Override
    public void close() throws IOException {
        holder.getOutputStream().close(); // cat ends with its input, and with it all that runs there
        holder.onExit().join();
    }
}
