package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code package.cmd} under Wine's cmd, with stand-ins for a JDK and Maven, for there are none for Windows here. What it makes with
 * real ones is seen in CI, on a hosted Windows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PackageCmdTest {
    private static final String MADE = ".berth\\packages\\berth-packages\\classes\\dev\\berth\\packages";

    @TempDir
    private static Path folder;

    private Wine wine;
    private Path checkout;

    @BeforeAll
    void a_checkout_and_stand_ins() throws Exception {
        wine = Wine.here();
        checkout = Files.createDirectory(folder.resolve("check out"));
        Files.copy(Made.CHECKOUT.resolve("package.cmd"), checkout.resolve("package.cmd"));
        Folder.copy(Made.CHECKOUT.resolve("launcher"), checkout.resolve("launcher"));
        Path programs = Files.createDirectories(folder.resolve("jdk/bin"));
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25\"\n");
        for (String program : List.of("java.exe", "javac.exe")) { // Wine's cmd, which reads nothing and succeeds
            wine.run(List.of(
                    "cmd", "/c", "copy", "C:\\windows\\system32\\cmd.exe", Wine.path(programs.resolve(program))));
        }
    }

    @AfterAll
    void letGo() {
        if (wine != null) {
            wine.close();
        }
    }

    @Test
    void it_tells_how_it_is_used() throws Exception {
        Wine.Ended help = run("--help");
        assertThat(help.output()).startsWith("usage: package.cmd [FOLDER]");
        assertThat(help.exit()).isZero();

        Wine.Ended two = run("one", "two");
        assertThat(two.complaint()).startsWith("package: too many folders").contains("why: ", "next: ");
        assertThat(two.exit()).isEqualTo(2);

        Wine.Ended option = run("-x");
        assertThat(option.complaint())
                .startsWith("package: \"-x\" is not an option")
                .contains("why: ", "next: ");
        assertThat(option.exit()).isEqualTo(2);
    }

    @Test
    void a_runtime_is_not_enough() throws Exception {
        var runtime = Map.of("JAVA_HOME", Wine.path(wine.runtime()));
        Wine.Ended noJdk = Cmd.run(wine, checkout, runtime, List.of("package.cmd"));
        assertThat(noJdk.complaint()).startsWith("berth: no JDK 25 or newer found");
        assertThat(noJdk.exit()).isEqualTo(4);
    }

    @Test
    void a_failed_build_is_not_packed_even_where_an_earlier_one_succeeded() throws Exception {
        maven("mkdir " + MADE + "\r\necho x>" + MADE + "\\Packages.class");
        assertThat(run("out").exit()).isZero();

        maven("echo [ERROR] it does not compile");
        Wine.Ended failed = run("out");
        assertThat(failed.complaint()).contains("package: the build failed", "why: ", "next: read ");
        assertThat(failed.exit()).isEqualTo(70);
        assertThat(checkout.resolve(".berth/packages/build.log")).content().contains("it does not compile");
    }

    private void maven(String does) throws IOException {
        Files.writeString(
                Files.createDirectories(folder.resolve("maven")).resolve("mvn.cmd"), "@echo off\r\n" + does + "\r\n");
    }

    private Wine.Ended run(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("package.cmd"));
        command.addAll(List.of(words));
        var environment =
                Map.of("JAVA_HOME", Wine.path(folder.resolve("jdk")), "WINEPATH", Wine.path(folder.resolve("maven")));
        return Cmd.run(wine, checkout, environment, command);
    }
}
