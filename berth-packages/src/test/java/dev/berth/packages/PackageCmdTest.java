package dev.berth.packages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.windows.wine.Wine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code package.cmd} under Wine's cmd, as far as it goes without a JDK for Windows. The rest runs in CI, on a hosted Windows. */
class PackageCmdTest {
    @TempDir
    private Path folder;

    @Test
    void it_tells_how_it_is_used_and_what_it_lacks() throws Exception {
        try (Wine wine = Wine.here()) {
            Files.copy(Made.CHECKOUT.resolve("package.cmd"), folder.resolve("package.cmd"));
            Folder.copy(Made.CHECKOUT.resolve("launcher"), folder.resolve("launcher"));
            var runtime = Map.of("JAVA_HOME", Wine.path(wine.runtime()));

            Wine.Ended help = Cmd.run(wine, folder, runtime, List.of("package.cmd", "--help"));
            assertThat(help.output()).startsWith("usage: package.cmd [FOLDER]");
            assertThat(help.exit()).isZero();

            Wine.Ended two = Cmd.run(wine, folder, runtime, List.of("package.cmd", "one", "two"));
            assertThat(two.complaint()).startsWith("package: too many folders").contains("why: ", "next: ");
            assertThat(two.exit()).isEqualTo(2);

            Wine.Ended noJdk = Cmd.run(wine, folder, runtime, List.of("package.cmd"));
            assertThat(noJdk.complaint()).startsWith("berth: no JDK 25 or newer found");
            assertThat(noJdk.exit()).isEqualTo(4);
        }
    }
}
