package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installed, enabled, replaced and removed while a real systemd runs, which is this machine's, booted where it changes nothing. */
class DebianPackageUnderSystemdTest {
    private static final Path BOOT =
            Made.CHECKOUT.resolve("berth-cli/src/test/resources/dev/berth/cli/deploy/boot.sh"); // says how
    private static final int CANNOT = 77;

    @TempDir
    private Path folder;

    @Test
    void the_unit_is_there_disabled_works_in_its_sandbox_and_goes_without_undoing_anything() throws Exception {
        String state =
                "for p in Load Active UnitFile; do systemctl show -p ${p}State --value berth-ensure; done | xargs\n";
        String reserved = "cat /proc/sys/net/ipv4/ip_local_reserved_ports\n";
        Path deb = Made.one("_amd64.deb");
        assertThat(afterBoot(deb, """
                        exec 2>&1
                        rm -f /usr/sbin/policy-rc.d # of images, where nothing may be started or stopped
                        dpkg --install /berth.deb >/dev/null
                        %1$s
                        cp /usr/share/doc/berth/examples/berth.yaml /etc/berth
                        systemctl --quiet enable --now berth-ensure
                        %1$s %2$s
                        dpkg --install /berth.deb >/dev/null
                        %1$s
                        dpkg --remove berth >/dev/null
                        %1$s %2$s
                        find /etc/systemd/system -name 'berth-ensure*'
                        """.formatted(state, reserved))).isEqualTo("""
                        loaded inactive disabled
                        loaded active enabled
                        1433,8080-8090
                        loaded active enabled
                        not-found inactive
                        1433,8080-8090
                        """);
    }

    /** Boots with the package in the root folder. @return what the script wrote that ran then, as root */
    private String afterBoot(Path deb, String script) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        assumeTrue(Files.isExecutable(Path.of("/lib/systemd/systemd")), "needs systemd");
        Path root = folder.resolve("laid");
        Path units = Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.writeString(units.resolve("berth-boot.target"), """
                [Unit]
                DefaultDependencies=no
                Wants=berth-boot-end.service
                """);
        Files.writeString(units.resolve("berth-boot-end.service"), """
                [Unit]
                DefaultDependencies=no
                SuccessAction=exit-force
                FailureAction=exit-force

                [Service]
                Type=oneshot
                StandardOutput=file:/out/then
                StandardError=inherit
                ExecStart=sh /berth-then
                """);
        Files.writeString(root.resolve("berth-then"), script);
        Files.copy(deb, root.resolve("berth.deb"));
        var process = new ProcessBuilder("timeout", "-k", "5", "120", "sh", BOOT.toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() == CANNOT) {
            abort("cannot boot a systemd here: " + said);
        }
        assertThat(process.exitValue()).as(said).isZero();
        return Files.readString(folder.resolve("out/then"));
    }
}
