package dev.berth.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** The systemd of this machine, booted as process 1 where it can change nothing of it; boot.sh says how. */
final class PrivateBoot {
    private static final int CANNOT = 77;
    private static final String UNITS = "etc/systemd/system";

    private final Path folder;

    /** Keeps everything of the machine to boot in {@code folder}. */
    PrivateBoot(Path folder) {
        this.folder = folder;
    }

    /** Puts a file where the machine will have it, over what is there. */
    void lay(String place, String text) throws IOException {
        Tool.write(laid(place), text);
    }

    /** As {@link #lay}, from a file, which may be run where that may. */
    void layFile(String place, Path from) throws IOException {
        Path to = laid(place);
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }

    void layProgram(String place, String script) throws IOException {
        lay(place, script);
        assertThat(laid(place).toFile().setExecutable(true)).isTrue();
    }

    private Path laid(String place) {
        return folder.resolve("laid").resolve(place);
    }

    /**
     * Boots, starts {@code unit}, and when that is done runs {@code then} as root outside of every sandbox.
     *
     * @return what {@code unit} and {@code then} wrote
     */
    Outcome boot(String unit, String then) throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        Tool.need("unshare");
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/lib/systemd/systemd")), "needs systemd");
        lay(UNITS + "/berth-boot.target", """
                [Unit]
                DefaultDependencies=no
                Wants=%s berth-boot-end.service
                """.formatted(unit));
        lay(UNITS + "/" + unit + ".d/said.conf", """
                [Service]
                StandardOutput=file:/out/unit
                StandardError=inherit
                """);
        lay(UNITS + "/berth-boot-end.service", """
                [Unit]
                DefaultDependencies=no
                After=%s
                SuccessAction=exit-force
                FailureAction=exit-force

                [Service]
                Type=oneshot
                StandardOutput=file:/out/then
                StandardError=inherit
                ExecStart=sh -c 'systemctl show %s -p Result --value >/out/result'
                ExecStart=sh /berth-then
                """.formatted(unit, unit));
        lay("berth-then", then);
        Files.createDirectories(folder.resolve("out"));
        Path script = folder.resolve("boot.sh");
        try (InputStream text = PrivateBoot.class.getResourceAsStream("boot.sh")) {
            Files.copy(Objects.requireNonNull(text), script, StandardCopyOption.REPLACE_EXISTING);
        }
        Tool.Ended ended = Tool.run("timeout", "-k", "5", "120", "sh", script.toString(), folder.toString());
        Assumptions.assumeTrue(ended.code() != CANNOT, () -> "cannot boot a systemd here: " + ended.said());
        return new Outcome(ended.well() + said("result").strip(), said("unit"), said("then"));
    }

    private String said(String file) throws IOException {
        Path path = folder.resolve("out").resolve(file);
        return Files.exists(path) ? Files.readString(path) : "";
    }

    /**
     * How a unit did.
     *
     * @param result as {@code systemctl show} calls it: {@code success}, {@code exit-code}…
     * @param unit what it wrote
     * @param then what ran after it wrote
     */
    record Outcome(String result, String unit, String then) {}
}
