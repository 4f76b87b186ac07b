package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image of deploy/container/Containerfile, on the C library and the shell of this Debian instead of an image of it. */
class ContainerTest {
    private static final String IMAGE = "localhost/berth:test";

    /** A root with two packages in it, as a tar. */
    private static final String BASE = """
            mkdir -p root/usr/bin root/usr/lib root/usr/lib64 root/etc root/var/lib
            for folder in bin lib lib64; do ln -s usr/$folder root/$folder; done
            echo root:x:0:0:root:/root:/bin/sh >root/etc/passwd
            dpkg -L libc6 dash | while read -r file; do [ ! -f "$file" ] || echo "${file#/}"; done |
                tar -C / -cf - -T - | tar -C root --keep-directory-symlink -xf -
            tar -C root -cf base.tar .
            rm -r root
            """;

    @TempDir
    private static Path folder;

    private static Podman podman;

    @BeforeAll
    static void build() throws Exception {
        Path packages = Made.packages();
        podman = Podman.in(folder.resolve("store"), folder.resolve("state"));
        Tool.run(folder, Map.of(), List.of("sh", "-euc", BASE));
        said(podman.run("import", folder.resolve("base.tar").toString(), "localhost/base:test"));
        Release release = Made.release();
        said(podman.run(
                "build",
                "--file=" + Made.CHECKOUT.resolve("deploy/container/Containerfile"),
                "--build-arg=BASE=localhost/base:test",
                "--build-arg=VERSION=" + release.version(),
                "--build-arg=REVISION=" + release.commit(),
                "--tag=" + IMAGE,
                packages.toString()));
        Podman.Ran first = podman.run("run", "--rm", "--network=none", IMAGE, "version");
        if (first.exitCode() == 125 || first.exitCode() == 126) { // its own, not of what runs in it
            Podman.missing("podman cannot run a container here: " + first.said());
        }
        said(podman.run(
                "run",
                "--detach",
                "--name=server",
                "--network=none",
                "--user=1000",
                "--log-driver=k8s-file",
                "--entrypoint=/usr/lib/berth/bin/java",
                IMAGE,
                "-m",
                "jdk.httpserver",
                "-b",
                "127.0.0.1",
                "-p",
                "8080",
                "-d",
                "/usr"));
        Process log = podman.start("logs", "--follow", "server");
        try (var lines = new BufferedReader(new InputStreamReader(log.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.lines().anyMatch(line -> line.startsWith("Serving")))
                    .isTrue();
        } finally {
            log.destroy();
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (podman != null) {
            podman.run("rm", "--force", "--all", "--time=0");
            Folder.delete(podman.store());
        }
    }

    @Test
    void it_says_what_it_is_and_that_it_is_not_root() throws Exception {
        assertThat(said(podman.run(
                        "image",
                        "inspect",
                        "--format={{.User}} {{index .Labels \"org.opencontainers.image.revision\"}}",
                        IMAGE)))
                .isEqualTo("65532:65532 " + Made.release().commit() + "\n");
    }

    @Test
    void it_runs_without_anything_that_it_may_write_to() throws Exception {
        assertThat(said(berth("--network=none --read-only --cap-drop=ALL", "doctor")))
                .startsWith("Nothing wrong with the ports of this host.");
    }

    @Test
    void the_network_of_another_container_is_seen_without_any_privilege() throws Exception {
        assertThat(berth("--network=container:server --cap-drop=ALL", "who", "8080"))
                .matches(ran -> ran.exitCode() == 1)
                .extracting(Podman.Ran::said)
                .asString()
                .contains("127.0.0.1:8080  -       a process of another pid namespace");
    }

    @Test
    void who_holds_a_port_as_another_user_takes_two_capabilities() throws Exception {
        String there = "--network=container:server --pid=container:server --cap-drop=ALL";
        assertThat(berth(there, "who", "8080").said()).contains("a process hidden from here");
        assertThat(berth(there + " --cap-add=SYS_PTRACE", "who", "8080").said())
                .contains("a process hidden from here", "CAP_DAC_READ_SEARCH");
        assertThat(berth(there + " --cap-add=SYS_PTRACE --cap-add=DAC_READ_SEARCH", "who", "8080")
                        .said())
                .contains("java (1), user 1000");
        assertThat(berth(there + " --user=1000", "who", "8080").said()).contains("java (1), user 1000");
    }

    @Test
    void a_port_below_1024_is_tried_with_a_capability() throws Exception {
        assertThat(berth("--network=none", "why", "80").said()).contains("only privileged programs may bind it");
        assertThat(said(berth("--network=none --cap-drop=ALL --cap-add=NET_BIND_SERVICE", "why", "80")))
                .contains("tcp 80 is free");
    }

    @Test
    void settings_are_made_from_outside_or_by_a_privileged_root() throws Exception {
        assertThat(said(berth("--network=none --sysctl=net.ipv4.ip_local_reserved_ports=1433", "ranges")))
                .contains("reserved          1433");
        Podman.Ran refused = berth("--network=none --user=0 --cap-add=NET_ADMIN", "reserve", "1433", "--yes");
        assertThat(refused.exitCode()).isEqualTo(4);
        assertThat(refused.said()).contains("/proc/sys is mounted read-only, as in containers");
        assertThat(said(berth("--network=none --user=0 --privileged", "reserve", "1433", "--yes")))
                .contains("Done, and read back");
    }

    /** Runs a command of Berth in a container with these options. */
    private static Podman.Ran berth(String options, String... command) throws Exception {
        var arguments = new ArrayList<>(List.of("run", "--rm", "--log-driver=none"));
        arguments.addAll(Arrays.asList(options.split(" ", -1)));
        arguments.add(IMAGE);
        arguments.addAll(List.of(command));
        return podman.run(arguments.toArray(String[]::new));
    }

    private static String said(Podman.Ran ran) {
        assertThat(ran.exitCode()).as(ran.said()).isZero();
        return ran.said();
    }
}
