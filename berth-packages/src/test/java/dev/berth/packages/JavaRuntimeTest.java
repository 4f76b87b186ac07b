package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaRuntimeTest {
    @TempDir
    private Path image;

    @Test
    void one_of_openjdk_is_packed_under_its_licence() throws Exception {
        runtime("Classpath\n\"CLASSPATH\" EXCEPTION TO THE GPL\n");
        assertThat(JavaRuntime.of(image, image).version()).isEqualTo("25.0.2");
    }

    @Test
    void one_of_oracle_is_not_packed_and_billed_as_openjdk() throws Exception {
        runtime("Oracle No-Fee Terms and Conditions\n");
        assertThat(catchThrowableOfType(PackagingException.class, () -> JavaRuntime.of(image, image))
                        .told())
                .contains(
                        "this Java cannot go into a package",
                        JavaRuntime.LICENCE_FILE,
                        "next: take a build of OpenJDK");
    }

    @Test
    void one_for_another_architecture_is_not_packed_as_one_for_this() throws Exception {
        runtime("\"CLASSPATH\" EXCEPTION TO THE GPL\n");
        Files.writeString(
                image.resolve("release"), "JAVA_VERSION=\"25\"\nMODULES=\"java.base\"\nOS_ARCH=\"aarch64\"\n");
        assertThat(catchThrowableOfType(PackagingException.class, () -> JavaRuntime.of(image, image))
                        .told())
                .contains("is for aarch64", "next: ");
    }

    @Test
    void what_is_of_microsoft_in_it_is_told_from_what_is_of_java() throws Exception {
        runtime("\"CLASSPATH\" EXCEPTION TO THE GPL\n");
        for (String file : List.of("vcruntime140_1.dll", "api-ms-win-crt-heap-l1-1-0.dll", "java.dll", "java.exe")) {
            Files.createFile(image.resolve("bin").resolve(file));
        }
        assertThat(JavaRuntime.of(image, image).microsoft())
                .containsExactly("api-ms-win-crt-heap-l1-1-0.dll", "vcruntime140_1.dll");
    }

    private void runtime(String licence) throws IOException {
        Files.writeString(image.resolve("release"), "JAVA_VERSION=\"25.0.2\"\nMODULES=\"java.base\"\n");
        Files.createDirectories(image.resolve("bin"));
        Files.createDirectories(image.resolve("legal/java.base"));
        Files.writeString(image.resolve(JavaRuntime.LICENCE_FILE), licence);
    }
}
