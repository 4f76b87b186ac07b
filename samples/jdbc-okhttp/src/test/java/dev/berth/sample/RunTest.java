package dev.berth.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The command that a reader of the sample types, on the classes just built. */
@EnabledOnOs(OS.LINUX)
class RunTest {
    private static final int SOMETHING_IS_NOT_INSTALLED = 4;

    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // an nginx left behind holds the pipe open
    void the_loader_with_local_ports_of_its_own_stores_all_records() throws Exception {
        var run = new ProcessBuilder("./run").redirectErrorStream(true);
        run.environment().put("BERTH_SAMPLE_CLASSPATH", System.getProperty("java.class.path"));
        run.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = run.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        int status = process.waitFor();
        if (System.getenv("CI") == null) { // there nothing tried is nothing proved
            assumeTrue(status != SOMETHING_IS_NOT_INSTALLED, said);
        }
        assertThat(status).as(said).isZero();
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
