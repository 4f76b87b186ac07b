package dev.berth.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.launcher.Checkout.Result;
import dev.berth.windows.wine.Wine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code berth.cmd} and {@code check.cmd} under Wine's cmd, with a Java runtime and no JDK, for there is none for Windows here. That
 * a changed source is noticed is not shown: the {@code fc} of Wine 8 compares nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WindowsLauncherTest {
    private static final String RELEASE = """
            IMPLEMENTOR="Somebody (a) & Co"
            IMPLEMENTOR_VERSION="Stand-in (a)-25"
            JAVA_RUNTIME_VERSION="25.0.3+9"
            JAVA_VERSION="25-ea"
            """;

    private final Path folder;
    private final Path copy;
    private final Path checkout;
    private final Wine wine;
    private final String runtime;

    WindowsLauncherTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        wine = Wine.here();
        runtime = Wine.path(wine.runtime());
        copy = folder.resolve("Berth (x86) as copied");
        checkout = folder.resolve("Berth as checked out");
    }

    @BeforeAll
    void a_copy_without_sources_and_a_checkout_with_some() throws Exception {
        var built = Checkout.built().folder();
        for (var place : List.of(copy, checkout)) {
            Files.createDirectories(place);
            Checkout.shell("cd '" + built
                    + "' && cp -r --parents berth.cmd check.cmd launcher .berth/current .berth/*.jar '" + place + "'");
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        var sources = Files.createDirectories(checkout.resolve("berth-net/src/main/java"));
        Files.writeString(sources.resolve("A & B.java"), "class A {}");
        Files.writeString(checkout.resolve("berth-net/pom.xml"), "<project/>");
        Files.writeString(Files.createDirectories(checkout.resolve("samples")).resolve("pom.xml"), "<project/>");
    }

    @AfterAll
    void ends_what_still_runs() {
        wine.close();
    }

    @Test
    void a_copy_without_sources_runs_on_a_runtime_alone() throws Exception {
        var result = berth(copy, runtime, "version");

        assertThat(result.out()).as(result.err()).startsWith("berth ").contains("Windows");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void its_exit_code_is_berths() throws Exception {
        var result = berth(copy, runtime, "who", "no port");

        assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains("'no port'");
    }

    @Test
    void JAVA_HOME_may_be_in_quotes() throws Exception {
        assertThat(berth(copy, '"' + runtime + '"', "version").exitCode()).isZero();
    }

    @Test
    void a_java_on_PATH_will_do() throws Exception {
        var environment = Map.of("JAVA_HOME", "", "WINEPATH", runtime + "\\bin");

        assertThat(cmd(copy, environment, "berth.cmd", "version").exitCode()).isZero();
    }

    @Test
    void without_a_java_it_says_where_to_get_one() throws Exception {
        var result = berth(copy, "Z:\\nowhere", "version");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("berth: no JDK 25 or newer found")
                .contains("why: ", "next: winget install");
    }

    @Test
    void an_older_java_is_passed_over() throws Exception {
        var old = standIn("old jdk", RELEASE.replace("25", "17"));

        assertThat(berth(copy, Wine.path(old), "version").exitCode()).isEqualTo(4);
    }

    @Test
    void a_checkout_is_built_by_a_jdk_and_then_runs_on_a_runtime() throws Exception {
        berth(checkout, Wine.path(standIn("a jdk", RELEASE)), "version");
        assertThat(checkout.resolve(".berth/sources.txt"))
                .content()
                .contains(
                        " pom.xml",
                        "launcher\\jvm.options",
                        "berth-net\\pom.xml",
                        "berth-net\\src\\main\\java\\A & B.java")
                .doesNotContain("samples");

        var jar = copy.resolve(".berth/current");
        Files.copy(jar, checkout.resolve(".berth/current"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(berth(checkout, runtime, "version").exitCode()).isZero();
    }

    @Test
    void the_check_needs_a_jdk_and_maven() throws Exception {
        var jdk = Wine.path(standIn("a jdk", RELEASE));

        assertThat(cmd(checkout, Map.of("JAVA_HOME", runtime), "check.cmd").err())
                .contains("no JDK 25 or newer found");
        assertThat(cmd(checkout, Map.of("JAVA_HOME", jdk), "check.cmd").err()).contains("mvn is not on PATH");
    }

    /** A folder that looks like a JDK. Its {@code java} is Wine's cmd, which reads nothing, does nothing and succeeds. */
    private Path standIn(String name, String release) throws IOException, InterruptedException {
        var home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), release);
        for (var program : List.of("java.exe", "javac.exe")) {
            var there = home.resolve("bin").resolve(program);
            var copied = wine.run(List.of("cmd", "/c", "copy", "C:\\windows\\system32\\cmd.exe", Wine.path(there)));
            assertThat(there).as(copied.complaint()).exists();
        }
        return home;
    }

    private Result berth(Path place, String javaHome, String... arguments) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("berth.cmd"));
        words.addAll(List.of(arguments));
        return cmd(place, Map.of("JAVA_HOME", javaHome), words.toArray(String[]::new));
    }

    private Result cmd(Path place, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("cmd", "/c"));
        command.addAll(List.of(words));
        var builder = wine.builder(command).directory(place.toFile());
        builder.environment().putAll(environment);
        var out = Files.createTempFile(folder, "berth", ".out");
        var err = Files.createTempFile(folder, "berth", ".err");
        builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        return new Checkout.Running(builder.start(), out, err).result();
    }
}
