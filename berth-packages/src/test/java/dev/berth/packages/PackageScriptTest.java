package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./package} in a checkout of nothing else, with a Maven that only says what it was asked. */
@EnabledOnOs(OS.LINUX)
class PackageScriptTest {
    private record Ran(int exitCode, String said) {}

    @TempDir
    private Path checkout;

    private Path commands;

    @BeforeEach
    void make_a_checkout() throws IOException {
        Files.copy(Made.CHECKOUT.resolve("package"), checkout.resolve("package"));
        Files.createDirectory(checkout.resolve("launcher"));
        Files.copy(Made.CHECKOUT.resolve("launcher/find-jdk.sh"), checkout.resolve("launcher/find-jdk.sh"));
        commands = Files.createDirectory(checkout.resolve("commands"));
    }

    @Test
    void its_help_has_an_example_and_every_exit_code() throws Exception {
        assertThat(run("--help").exitCode()).isZero();
        assertThat(run("-h").said()).contains("./package /tmp/berth", "  0 ", "  2 ", "  4 ", "  70 ");
    }

    @Test
    void bad_usage_is_told_before_anything_is_built() throws Exception {
        assertThat(run("-x")).isEqualTo(new Ran(2, """
                package: '-x' is not an option
                  why:  the one argument is the folder that the packages go to
                  next: ./package --help
                """));
        assertThat(run("one", "another").exitCode()).isEqualTo(2);
        Path file = Files.createFile(checkout.resolve("file"));
        Ran ran = run(file.toString());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.said()).contains("cannot write to " + file, "why:", "next:");
        assertThat(checkout.resolve(".berth")).doesNotExist();
    }

    @Test
    void another_system_is_told_where_packages_are_made() throws Exception {
        command("uname", "echo Linux aarch64");
        Ran ran = run();
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.said()).contains("no packages are made on Linux aarch64", "x86-64", "./berth doctor");
    }

    @Test
    void a_build_that_fails_is_told_by_its_first_errors() throws Exception {
        command("mvn", "echo '[INFO] begun'; echo '[ERROR] no room on the disk'; exit 1");
        Ran ran = run();
        assertThat(ran.exitCode()).isEqualTo(70);
        assertThat(ran.said())
                .contains("the build failed", "why:  [ERROR] no room on the disk", "build.log")
                .doesNotContain("begun");
    }

    /** The Maven here builds nothing, so that there is no jar to pack: as good as a full disk. */
    @Test
    void what_goes_wrong_in_packing_is_told_without_a_trace() throws Exception {
        Path classes = Files.createDirectories(checkout.resolve(".berth/packages/berth-packages"));
        Files.createSymbolicLink(
                classes.resolve("classes"), Path.of("target/classes").toAbsolutePath());
        command("mvn", "exit 0");
        Ran ran = run();
        assertThat(ran.exitCode()).isEqualTo(70);
        assertThat(ran.said())
                .contains("could not be made", "berth.jar", "next:")
                .doesNotContain("\tat ");
    }

    private void command(String name, String script) throws IOException {
        Path command = Files.writeString(commands.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
    }

    private Ran run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(checkout.resolve("package").toString()));
        command.addAll(List.of(words));
        var builder = new ProcessBuilder(command).directory(checkout.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("PATH", commands.toString(), (path, ours) -> ours + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), said);
    }
}
