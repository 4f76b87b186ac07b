package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private void runtime(String licence) throws IOException {
        Files.writeString(image.resolve("release"), "JAVA_VERSION=\"25.0.2\"\nMODULES=\"java.base\"\n");
        Files.createDirectories(image.resolve("legal/java.base"));
        Files.writeString(image.resolve(JavaRuntime.LICENCE_FILE), licence);
    }
}
