package dev.berth.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The name of a build, asked in each of the forms that Berth comes in. */
@DisabledOnOs(OS.WINDOWS) // the runtime under Wine has no compiler
class BuildInPackagesTest {
    private static final String NAME = "7.8.9+988781a3b2c4.dirty";

    @TempDir
    private Path folder;

    private Path classes;

    @BeforeEach
    void compile_what_names_a_build_as_a_module() throws Exception {
        classes = folder.resolve("classes");
        for (String source : new String[] {"Build", "JavaRuntime"}) {
            String file = "dev/berth/platform/" + source + ".java";
            write(file, Files.readString(Path.of("src/main/java").resolve(file)));
        }
        write("dev/berth/platform/Asked.java", """
                package dev.berth.platform;

                class Asked {
                    public static void main(String[] args) {
                        System.out.print(Build.here() + " " + JavaRuntime.here().own());
                    }
                }
                """);
        write("module-info.java", "module dev.berth { requires static org.jspecify; }");
        String jspecify = Path.of(Nullable.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
        tool(
                "javac",
                "-p",
                jspecify,
                "--module-version",
                NAME,
                "-d",
                classes.toString(),
                source("module-info.java"),
                source("dev/berth/platform/Build.java"),
                source("dev/berth/platform/JavaRuntime.java"),
                source("dev/berth/platform/Asked.java"));
    }

    private void write(String file, String text) throws Exception {
        Path path = Path.of(source(file));
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String source(String file) {
        return folder.resolve("source").resolve(file).toString();
    }

    @Test
    void a_linked_image_names_the_version_of_its_module_and_its_own_runtime() throws Exception {
        Path image = folder.resolve("image");
        tool("jlink", "-p", classes.toString(), "--add-modules", "dev.berth", "--output", image.toString());
        assertThat(said(image, "-m", "dev.berth/dev.berth.platform.Asked")).isEqualTo(NAME + " true");
    }

    @Test
    void a_jar_names_the_version_of_its_manifest_and_a_runtime_of_the_host() throws Exception {
        Path manifest = Files.writeString(folder.resolve("manifest"), "Implementation-Version: 1.2.3+0123456789ab\n");
        Path jar = folder.resolve("berth.jar");
        tool(
                "jar",
                "--create",
                "--file",
                jar.toString(),
                "--manifest",
                manifest.toString(),
                "-C",
                classes.toString(),
                "dev");
        assertThat(said(host(), "-cp", jar.toString(), "dev.berth.platform.Asked"))
                .isEqualTo("1.2.3+0123456789ab false");
    }

    private static Path host() {
        return Path.of(System.getProperty("java.home"));
    }

    private static String said(Path java, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = java.resolve("bin/java").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void tool(String name, String... arguments) {
        ToolProvider tool = ToolProvider.findFirst(name).orElse(null);
        assumeTrue(tool != null, "this JDK has no " + name);
        var said = new StringWriter();
        int code = tool.run(new PrintWriter(said), new PrintWriter(said), arguments);
        assertThat(code)
                .as(name + " " + Arrays.toString(arguments) + ": " + said)
                .isZero();
    }
}
