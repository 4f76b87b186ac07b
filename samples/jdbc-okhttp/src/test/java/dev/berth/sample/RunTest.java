package dev.berth.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command that a reader of the sample types, on the classes just built. */
@EnabledOnOs(OS.LINUX)
class RunTest {
    @BeforeEach
    void the_servers_are_installed() {
        boolean there = isThere("nginx") && (isThere("initdb") || Files.isDirectory(Path.of("/usr/lib/postgresql")));
        String reason = "needs nginx and PostgreSQL: apt-get install nginx-light postgresql";
        if (!there && System.getenv("CI") != null) {
            throw new AssertionError(reason); // nothing tried is nothing proved
        }
        Assumptions.assumeTrue(there, reason);
    }

    private static boolean isThere(String program) {
        return Stream.of((System.getenv("PATH") + File.pathSeparator + "/usr/sbin").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    @Test
    void the_loader_with_local_ports_of_its_own_stores_all_records() throws Exception {
        var run = new ProcessBuilder("./run").redirectErrorStream(true);
        run.environment().put("BERTH_SAMPLE_CLASSPATH", System.getProperty("java.class.path"));
        run.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = run.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).containsPattern("""
                        chosen: 200 of 200 records
                          HTTP from 200 local ports, 2\\d{4}-2\\d{4}; the database from 2\\d{4}

                        usage\\(\\) of the chosen ports:
                          to /127.0.0.1:18080: 0 in use, 200 in TIME_WAIT, 9800 free
                        """);
        if (said.contains("Without root")) {
            assertThat(said).contains("plain: 200 of 200 records\n");
        } else {
            assertThat(said)
                    .contains("The system chooses from 40000-40031.")
                    .contains("plain: 32 of 200 records, then java.net.BindException: Cannot assign requested address");
        }
    }
}
