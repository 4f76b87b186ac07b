package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsRuntimeTest {
    private static final Set<String> NEEDED = Set.of("java.base", "jdk.httpserver");

    @TempDir
    private Path runtime;

    @Test
    void one_with_the_modules_and_its_licence_will_do() throws Exception {
        runtime("25.0.2", "java.base java.xml jdk.httpserver");
        assertThatCode(() -> WindowsRuntime.check(runtime, NEEDED)).doesNotThrowAnyException();
    }

    @Test
    void without_one_it_is_told_how_to_get_one() {
        assertThat(refused())
                .contains("no zip for Windows", "there is no Windows runtime", "next: .ci/windows-runtime");
    }

    @Test
    void an_older_one_is_refused() throws Exception {
        runtime("21.0.9", "java.base jdk.httpserver");
        assertThat(refused()).contains("is a Java 21.0.9");
    }

    @Test
    void one_for_another_architecture_is_refused() throws Exception {
        runtime("25", "java.base jdk.httpserver");
        Files.writeString(runtime.resolve("release"), "OS_ARCH=\"aarch64\"\n", StandardOpenOption.APPEND);
        assertThat(refused()).contains("is for aarch64");
    }

    @Test
    void one_that_lacks_a_module_is_refused() throws Exception {
        runtime("25", "java.base java.xml");
        assertThat(refused()).contains("lacks jdk.httpserver");
    }

    @Test
    void one_without_its_licence_is_not_handed_on() throws Exception {
        runtime("26-ea", "java.base jdk.httpserver");
        Files.delete(runtime.resolve("legal/java.base/LICENSE"));
        assertThat(refused()).contains("legal/java.base/LICENSE");
    }

    @Test
    void one_under_another_licence_is_not_handed_on() throws Exception {
        runtime("25", "java.base jdk.httpserver");
        Files.writeString(runtime.resolve(JavaRuntime.LICENCE_FILE), "Oracle No-Fee Terms and Conditions\n");
        assertThat(refused()).contains("no zip for Windows", "Classpath exception", "next: ");
    }

    private void runtime(String version, String modules) throws IOException {
        Files.writeString(
                runtime.resolve("release"), "JAVA_VERSION=\"" + version + "\"\nMODULES=\"" + modules + "\"\n");
        Files.createFile(Files.createDirectories(runtime.resolve("bin")).resolve("java.exe"));
        Files.createDirectories(runtime.resolve("legal/java.base"));
        Files.writeString(runtime.resolve(JavaRuntime.LICENCE_FILE), "GPL\n\n\"CLASSPATH\" EXCEPTION TO THE GPL\n");
    }

    private String refused() {
        return catchThrowableOfType(PackagingException.class, () -> WindowsRuntime.check(runtime, NEEDED))
                .told();
    }
}
